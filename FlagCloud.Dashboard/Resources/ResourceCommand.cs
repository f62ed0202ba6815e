namespace FlagCloud.Dashboard.Resources;

/// <summary>What a user may ask of a resource: start, stop, restart, or what the app model adds.</summary>
public sealed record ResourceCommand(string Name, string Text)
{
    public bool IsEnabled { get; init; } = true;
    public bool IsHighlighted { get; init; }
    public string? Description { get; init; }

    /// <summary>Asked before it is done, where it should be.</summary>
    public string? Confirmation { get; init; }
}
