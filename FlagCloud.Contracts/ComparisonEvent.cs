namespace FlagCloud.Contracts;

/// <summary>
/// One event of <c>GET /api/comparisons/{id}/events</c>; exactly one part is set. Its name on the wire is <c>comparison</c> (a change of
/// status, a new summary after each round, and last of all the final record), <c>progress</c> or <c>run</c> (a run has ended).
/// </summary>
public sealed record ComparisonEvent(Comparison? Comparison = null, ComparisonProgress? Progress = null, Run? Run = null);

/// <summary>The run that is under way, as it stands.</summary>
public sealed record ComparisonProgress : OfTrial
{
    public required int Round { get; init; }
    public required bool Warmup { get; init; }
    public required int RunNumber { get; init; } // Which run of the comparison this is, from 1.
    public required int RunCount { get; init; } // Runs of the whole comparison at most, warm-up included.
    public required int Requested { get; init; }
    public required int Finished { get; init; }
    public required int InFlight { get; init; }
    public required int Pending { get; init; } // Downloads that have not begun.
    public required double ElapsedSeconds { get; init; }
    public required IReadOnlyList<Download> Downloads { get; init; } // The downloads that ended since the last event.
    public required IReadOnlyList<string> Running { get; init; } // The countries whose downloads are under way, in the order in which they were submitted.
}
