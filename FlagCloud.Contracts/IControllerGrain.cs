using Orleans.Concurrency;

namespace FlagCloud.Contracts;

/// <summary>One comparison; its key is the comparison's id. No call waits for the comparison to end: start it, then watch.</summary>
[Alias("FlagCloud.IControllerGrain")]
public interface IControllerGrain : IGrainWithStringKey
{
    /// <summary>Checks the settings, writes the record and puts the comparison into the cluster's queue. Asked twice, it starts once.</summary>
    [Alias("Start")] Task<StartResult> Start(ComparisonSettings settings);

    /// <summary>The same for a question: its trials, its rounds, its verdict.</summary>
    /// <param name="question">Id or number.</param>
    [Alias("Ask")] Task<StartResult> Ask(string question);

    /// <summary>The queue's word that it is this comparison's turn.</summary>
    /// <returns>Whether there is anything to run; if not, the next in the queue may.</returns>
    [Alias("Begin"), AlwaysInterleave] Task<bool> Begin();

    /// <summary>The record as it stands; null if there is no such comparison.</summary>
    [Alias("Get"), AlwaysInterleave] Task<Comparison?> Get();

    /// <summary>Stops the downloads that are under way and starts no further one; returns the record, final if that took a few seconds at most.</summary>
    [Alias("Cancel"), AlwaysInterleave] Task<Comparison?> Cancel();

    /// <summary>Everything that happens from now on, after what is known already; ends with the final record. Empty if there is no such comparison.</summary>
    [Alias("Watch"), AlwaysInterleave] IAsyncEnumerable<ComparisonEvent> Watch(CancellationToken cancellationToken);
}

/// <summary>A comparison that was started, or why it was not.</summary>
[Immutable]
public sealed record StartResult(Comparison? Comparison, Refusal? Refusal);

/// <summary>Why nothing was started.</summary>
/// <param name="Errors">For each setting, by its name in JSON, what is wrong, what is allowed and what to do; empty unless the settings are at fault.</param>
public sealed record Refusal(RefusalKind Kind, string Detail, IReadOnlyDictionary<string, string[]> Errors);

public enum RefusalKind
{
    /// <summary>A setting is not allowed.</summary>
    Invalid,
    /// <summary>There is no such question.</summary>
    Unknown,
    /// <summary>Too many comparisons wait.</summary>
    QueueFull,
    /// <summary>The origin does not say which profiles it has.</summary>
    OriginSilent,
    /// <summary>Storage does not take the record.</summary>
    StorageSilent,
}

/// <summary>
/// One event of <c>GET /api/comparisons/{id}/events</c>; exactly one part is set. Its name on the wire is <c>comparison</c> (a change of
/// status, a new summary after each round, and last of all the final record), <c>progress</c> or <c>run</c> (a run has ended).
/// </summary>
[Immutable]
public sealed record ComparisonEvent(Comparison? Comparison = null, ComparisonProgress? Progress = null, Run? Run = null);

/// <summary>The run that is under way, as it stands.</summary>
public sealed record ComparisonProgress : OfTrial
{
    public required int Round { get; init; }
    public required bool Warmup { get; init; }
    /// <summary>Which run of the comparison this is, from 1.</summary>
    public required int RunNumber { get; init; }
    /// <summary>Runs of the whole comparison at most, warm-up included.</summary>
    public required int RunCount { get; init; }
    public required int Requested { get; init; }
    public required int Finished { get; init; }
    public required int InFlight { get; init; }
    /// <summary>Downloads that have not begun.</summary>
    public required int Pending { get; init; }
    public required double ElapsedSeconds { get; init; }
    /// <summary>The downloads that ended since the last event.</summary>
    public required IReadOnlyList<Download> Downloads { get; init; }
    /// <summary>The countries whose downloads are under way, in the order in which they were submitted.</summary>
    public required IReadOnlyList<string> Running { get; init; }
}
