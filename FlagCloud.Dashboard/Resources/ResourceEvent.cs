namespace FlagCloud.Dashboard.Resources;

/// <summary>A change of state or health, and why.</summary>
public sealed record ResourceEvent(DateTimeOffset Time, ResourceState State, ResourceHealth Health, string? Reason);
