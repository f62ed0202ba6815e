namespace FlagCloud.Contracts;

/// <summary>One download of one run. Times are seconds from the run's start; null for a stage that was not reached.</summary>
/// <param name="Reason">What went wrong; null when nothing did.</param>
/// <param name="Attempts">HTTP requests to the origin; 0 if it was cancelled before the first.</param>
/// <param name="Sha256">Of the flag as the origin sent it, lower-case hex; null unless it is OK.</param>
/// <param name="SubmitIndex">Place in the order of the request, from 0.</param>
/// <param name="CompletionIndex">Place in the order of completion, from 0.</param>
/// <param name="QueuedSeconds">When the strategy took the flag on (a task or a place in a queue exists).</param>
/// <param name="StartedSeconds">When the download began: the flag's grain was called.</param>
/// <param name="HeadersSeconds">When the response's headers had come.</param>
/// <param name="BodySeconds">When the whole body had come and was checked.</param>
/// <param name="WorkedSeconds">When the CPU-bound work was done.</param>
/// <param name="StoredSeconds">When storage had acknowledged the blob.</param>
/// <param name="Silo">Name of the silo that did it.</param>
/// <param name="DelaySeconds">Delay that the origin says it applied, summed over the attempts; for a foreign origin, time to the headers.</param>
/// <param name="State">How its future ended: finished (with any answer of the origin, "not found" too), failed or cancelled.</param>
/// <param name="EndedSeconds">When its future ended, however it did.</param>
/// <param name="LockWaitSeconds">How long its CPU parts waited for the interpreter lock; 0 without one.</param>
/// <param name="WorkedOn">The thread that did its CPU-bound work, such as "worker 2"; null without such work.</param>
/// <param name="Repeats">How often it was done again because a silo was lost before it could say how it ended.</param>
[GenerateSerializer, Immutable, Alias("FlagCloud.Download")]
public sealed record Download(
    [property: Id(0)] string Country,
    [property: Id(1)] string Strategy,
    [property: Id(2)] int Round,
    [property: Id(3)] Outcome Outcome,
    [property: Id(4)] string? Reason,
    [property: Id(5)] int Attempts,
    [property: Id(6)] long Bytes,
    [property: Id(7)] string? Sha256,
    [property: Id(8)] int SubmitIndex,
    [property: Id(9)] int CompletionIndex,
    [property: Id(10)] double QueuedSeconds,
    [property: Id(11)] double StartedSeconds,
    [property: Id(12)] double? HeadersSeconds,
    [property: Id(13)] double? BodySeconds,
    [property: Id(14)] double? WorkedSeconds,
    [property: Id(15)] double? StoredSeconds,
    [property: Id(16)] double DelaySeconds,
    [property: Id(17)] string? Silo,
    [property: Id(100)] int Repeats = 0,
    [property: Id(18)] FutureState State = FutureState.Finished,
    [property: Id(19)] double EndedSeconds = 0,
    [property: Id(20)] double LockWaitSeconds = 0,
    [property: Id(21)] string? WorkedOn = null);
