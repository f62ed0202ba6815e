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

    /// <summary>Which run of the comparison this is, from 1, and of how many at most, warm-ups included.</summary>
    public required int RunNumber { get; init; }
    public required int RunCount { get; init; }

    /// <summary>Downloads; those that are pending have not begun.</summary>
    public required int Requested { get; init; }
    public required int Finished { get; init; }
    public required int InFlight { get; init; }
    public required int Pending { get; init; }

    public required double ElapsedSeconds { get; init; }

    /// <summary>The downloads that ended since the last event.</summary>
    public required IReadOnlyList<Download> Downloads { get; init; }

    /// <summary>The countries whose downloads are under way, in the order in which they were submitted.</summary>
    public required IReadOnlyList<string> Running { get; init; }
}
