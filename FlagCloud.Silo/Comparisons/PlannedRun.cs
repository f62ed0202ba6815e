namespace FlagCloud.Silo.Comparisons;

/// <summary>One run that is to be done.</summary>
/// <param name="Number">Which run of the comparison this is, from 1.</param>
/// <param name="Round">0 is the warm-up.</param>
sealed record PlannedRun(int Number, Trial Trial, int Round)
{
    public bool Warmup => Round is 0;

    /// <summary>All that may be run. Rounds interleave the trials, so that a drift of the machine hits all of them alike.</summary>
    // Each round begins with another trial (S T A, then T A S …), so that none always goes first.
    public static IEnumerable<PlannedRun> All(IReadOnlyList<Trial> trials, int rounds, bool warmup) =>
        (from round in Enumerable.Range(warmup ? 0 : 1, rounds + (warmup ? 1 : 0))
         from place in Enumerable.Range(0, trials.Count)
         select (Trial: trials[(place + Math.Max(0, round - 1)) % trials.Count], Round: round)).Select((run, index) => new PlannedRun(index + 1, run.Trial, run.Round));
}
