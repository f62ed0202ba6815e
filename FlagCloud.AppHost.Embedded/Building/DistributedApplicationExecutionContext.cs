namespace Aspire.Hosting;

/// <summary>The embedded orchestrator only runs apps; publishing needs Aspire's own.</summary>
public sealed class DistributedApplicationExecutionContext
{
    public bool IsRunMode { get; } = true;

    public bool IsPublishMode { get; }
}
