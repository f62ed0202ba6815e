namespace Aspire.Hosting.Running;

/// <summary>What happened to a resource that concerns the whole app.</summary>
internal abstract record Incident(ResourceStatus Status, string Message)
{
    /// <summary>It never became ready: the app cannot run.</summary>
    public sealed record StartFailed(ResourceStatus Status, string Message) : Incident(Status, Message);

    /// <summary>A service that had been ready ended by itself.</summary>
    public sealed record ServiceDied(ResourceStatus Status, string Message) : Incident(Status, Message);

    public sealed record JobEnded(ResourceStatus Status, string Message, int ExitCode) : Incident(Status, Message);
}
