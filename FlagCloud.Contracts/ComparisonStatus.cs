namespace FlagCloud.Contracts;

/// <summary>Where a comparison is in its life. The last three are final.</summary>
public enum ComparisonStatus
{
    Queued,
    Running,
    Completed,
    Cancelled,
    Failed,
}
