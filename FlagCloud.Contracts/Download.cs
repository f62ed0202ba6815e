namespace FlagCloud.Contracts;

/// <summary>How one download ended. Every requested flag ends in exactly one of these.</summary>
public enum Outcome
{
    /// <summary>Storage acknowledged the flag, and it is what the origin sent.</summary>
    Ok,
    /// <summary>The origin said that the stored flag is current (304); nothing was uploaded.</summary>
    NotModified,
    /// <summary>The origin has no such flag (404).</summary>
    NotFound,
    /// <summary>Anything else; Reason says what.</summary>
    Error,
    /// <summary>The comparison was cancelled before the flag was stored.</summary>
    Cancelled,
}

/// <summary>How a download ended as a future: a deferred computation that may or may not have completed.</summary>
public enum FutureState
{
    /// <summary>The origin gave an answer ("not found" is one), and what came of it is stored.</summary>
    Finished,
    Failed,
    Cancelled,
}

/// <summary>
/// One download of one run: what its flag's grain reports, and what is recorded. Times are seconds, at the grain from its being called, in the record from the run's
/// start; null for a stage that was not reached.
/// </summary>
// Grains hand it over thousands of times a second, hence a serializer of its own instead of JSON.
[GenerateSerializer, Immutable, Alias("FlagCloud.Download")]
public sealed record Download
{
    [Id(0)] public required string Country { get; init; }
    [Id(1)] public string Strategy { get; init; } = "";
    [Id(3)] public int Round { get; init; }
    [Id(4)] public required Outcome Outcome { get; init; }
    /// <summary>What went wrong; null when nothing did.</summary>
    [Id(5)] public string? Reason { get; init; }
    /// <summary>HTTP requests to the origin; 0 if it was cancelled before the first.</summary>
    [Id(6)] public int Attempts { get; init; }
    /// <summary>Of the flag as the origin sent it.</summary>
    [Id(7)] public long Bytes { get; init; }
    /// <summary>Of the flag as the origin sent it, lower-case hex; null unless it is OK.</summary>
    [Id(8)] public string? Sha256 { get; init; }
    /// <summary>Place in the order of the request, from 0.</summary>
    [Id(9)] public int SubmitIndex { get; init; }
    /// <summary>Place in the order of completion, from 0.</summary>
    [Id(10)] public int CompletionIndex { get; init; }
    /// <summary>When the download began: the flag's grain was called.</summary>
    [Id(11)] public double StartedSeconds { get; init; }
    [Id(12)] public double? HeadersSeconds { get; init; }
    /// <summary>When the whole body had come and was checked.</summary>
    [Id(13)] public double? BodySeconds { get; init; }
    [Id(14)] public double? WorkedSeconds { get; init; }
    /// <summary>When storage had acknowledged the blob.</summary>
    [Id(15)] public double? StoredSeconds { get; init; }
    [Id(16)] public double EndedSeconds { get; init; }
    /// <summary>Delay that the origin says it applied, summed over the attempts; for a foreign origin, time to the headers.</summary>
    [Id(17)] public double DelaySeconds { get; init; }
    /// <summary>Most requests in flight that the origin counted when ours arrived; null for a foreign origin.</summary>
    [Id(18), JsonIgnore] public int? OriginInFlight { get; init; }
    [Id(19)] public string? Silo { get; init; }
    /// <summary>How often it was done again because a silo was lost before it could say how it ended.</summary>
    [Id(20)] public int Repeats { get; init; }
    /// <summary>How long its CPU parts waited for the interpreter lock; 0 without one.</summary>
    [Id(21)] public double LockWaitSeconds { get; init; }
    /// <summary>The thread that did its CPU-bound work, such as "worker 2"; null without such work.</summary>
    [Id(22)] public string? WorkedOn { get; init; }
    /// <summary>The trial's name; null where each strategy is one.</summary>
    [Id(2), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Trial { get; init; }
    /// <summary>"Not found" is an answer, as every status is to a caller that asks for it: only what prevents an answer is a failure.</summary>
    public FutureState State => Outcome switch
    {
        Outcome.Error => FutureState.Failed,
        Outcome.Cancelled => FutureState.Cancelled,
        _ => FutureState.Finished,
    };
    /// <summary>The trial's name where it has one of its own, else the strategy's.</summary>
    [JsonIgnore] public string Name => Trial ?? Strategy;
    /// <summary>Whether the flag is stored and current.</summary>
    [JsonIgnore] public bool IsGood => Outcome is Outcome.Ok or Outcome.NotModified;
}
