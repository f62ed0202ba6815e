namespace FlagCloud.Contracts;

/// <summary>How one download ended. Every requested flag ends in exactly one of these.</summary>
public enum Outcome
{
    Ok, // Storage acknowledged the flag, and it is what the origin sent.
    NotModified, // The origin said that the stored flag is current (304); nothing was uploaded.
    NotFound, // The origin has no such flag (404).
    Error, // Anything else; Reason says what.
    Cancelled, // The comparison was cancelled before the flag was stored.
}

/// <summary>How a download ended as a future: a deferred computation that may or may not have completed.</summary>
public enum FutureState
{
    Finished, // The origin gave an answer ("not found" is one), and what came of it is stored.
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
    [Id(5)] public string? Reason { get; init; } // What went wrong; null when nothing did.
    [Id(6)] public int Attempts { get; init; } // HTTP requests to the origin; 0 if it was cancelled before the first.
    [Id(7)] public long Bytes { get; init; } // Of the flag as the origin sent it.
    [Id(8)] public string? Sha256 { get; init; } // Of the flag as the origin sent it, lower-case hex; null unless it is OK.
    [Id(9)] public int SubmitIndex { get; init; } // Place in the order of the request, from 0.
    [Id(10)] public int CompletionIndex { get; init; } // Place in the order of completion, from 0.
    [Id(11)] public double StartedSeconds { get; init; } // When the download began: the flag's grain was called.
    [Id(12)] public double? HeadersSeconds { get; init; } // When the response's headers had come.
    [Id(13)] public double? BodySeconds { get; init; } // When the whole body had come and was checked.
    [Id(14)] public double? WorkedSeconds { get; init; } // When the CPU-bound work was done.
    [Id(15)] public double? StoredSeconds { get; init; } // When storage had acknowledged the blob.
    [Id(16)] public double EndedSeconds { get; init; } // When it ended, however it did.
    [Id(17)] public double DelaySeconds { get; init; } // Delay that the origin says it applied, summed over the attempts; for a foreign origin, time to the headers.
    [Id(18), JsonIgnore] public int? OriginInFlight { get; init; } // Most requests in flight that the origin counted when ours arrived; null for a foreign origin.
    [Id(19)] public string? Silo { get; init; } // Name of the silo that did it.
    [Id(20)] public int Repeats { get; init; } // How often it was done again because a silo was lost before it could say how it ended.
    [Id(21)] public double LockWaitSeconds { get; init; } // How long its CPU parts waited for the interpreter lock; 0 without one.
    [Id(22)] public string? WorkedOn { get; init; } // The thread that did its CPU-bound work, such as "worker 2"; null without such work.

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

    [JsonIgnore] public string Name => Trial ?? Strategy; // What its run is called: the trial, where it has a name of its own.
    [JsonIgnore] public bool IsGood => Outcome is Outcome.Ok or Outcome.NotModified; // Whether the flag is stored and current.
}
