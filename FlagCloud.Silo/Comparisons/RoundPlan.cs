using FlagCloud.Contracts;

namespace FlagCloud.Silo.Comparisons;

/// <summary>One run that is to be done.</summary>
/// <param name="Number">Which run of the comparison this is, from 1.</param>
/// <param name="Round">0 is the warm-up.</param>
readonly record struct PlannedRun(int Number, string Strategy, int Round, bool Warmup);

/// <summary>The order of the runs: rounds interleave the strategies, so that a drift of the machine hits all of them alike.</summary>
static class RoundPlan
{
    /// <summary>All that may be run: with <see cref="ComparisonSettings.CiWidth"/> it can be enough before.</summary>
    public static IReadOnlyList<PlannedRun> Of(ComparisonSettings settings) => Of(settings.Strategies, settings.MaxRounds ?? settings.Rounds, settings.Warmup);

    /// <summary>Each round begins with another strategy (S T A, then T A S …), so that none always goes first.</summary>
    public static IReadOnlyList<PlannedRun> Of(IReadOnlyList<string> strategies, int rounds, bool warmup) =>
    [
        .. from round in Enumerable.Range(warmup ? 0 : 1, rounds + (warmup ? 1 : 0))
           from place in Enumerable.Range(0, strategies.Count)
           select new PlannedRun(((round - (warmup ? 0 : 1)) * strategies.Count) + place + 1, strategies[(place + Math.Max(0, round - 1)) % strategies.Count], round, round is 0),
    ];
}
