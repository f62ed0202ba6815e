namespace FlagCloud.Dashboard.Resources;

/// <summary>A resource as it is at one moment. <see cref="Name"/> is unique; replicas share <see cref="ReplicaOf"/>.</summary>
public sealed record ResourceSnapshot(string Name, string Type, ResourceState State)
{
    public string? ReplicaOf { get; init; }
    public ResourceHealth Health { get; init; }

    /// <summary>One sentence of why the state or the health is what it is, where there is something to say.</summary>
    public string? Reason { get; init; }
    public int? ExitCode { get; init; }
    public DateTimeOffset? Started { get; init; }
    public int Restarts { get; init; }
    public int? ProcessId { get; init; }
    public string? Source { get; init; }
    public IReadOnlyList<ResourceUrl> Urls { get; init; } = [];
    public IReadOnlyList<ResourceVariable> Environment { get; init; } = [];
    public IReadOnlyList<ResourceReference> References { get; init; } = [];
    public IReadOnlyList<ResourceCommand> Commands { get; init; } = [];

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<ResourceEvent> History { get; init; } = [];

    /// <summary>The name under which its telemetry comes.</summary>
    public string ServiceName => ReplicaOf ?? Name;
}
