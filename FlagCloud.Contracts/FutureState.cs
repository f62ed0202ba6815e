namespace FlagCloud.Contracts;

/// <summary>Where a download stands as a future: a deferred computation that may or may not have completed. The last three are final.</summary>
public enum FutureState
{
    /// <summary>Submitted, and waiting for its place.</summary>
    Pending,

    Running,

    /// <summary>The origin gave an answer, and what came of it is stored.</summary>
    Finished,

    Failed,
    Cancelled,
}
