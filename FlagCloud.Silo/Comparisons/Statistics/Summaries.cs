using FlagCloud.Contracts;

namespace FlagCloud.Silo.Comparisons.Statistics;

/// <summary>What the measured rounds say of each strategy.</summary>
static class Summaries
{
    /// <summary>The strategy that all others are held against.</summary>
    public const string Baseline = "sequential";

    /// <param name="runs">All runs of a comparison; the warm-up, interrupted runs and runs with cancelled downloads are left out.</param>
    /// <returns>Best goodput first.</returns>
    public static IReadOnlyList<StrategySummary> Of(IEnumerable<Run> runs)
    {
        var measured = runs.Where(run => run is { Warmup: false, Cancelled: 0, Interrupted: false }).ToLookup(run => run.Strategy);
        var baseline = measured[Baseline].ToDictionary(run => run.Round, run => run.ElapsedSeconds);
        return [.. measured.Select(group => Of(group.Key, [.. group], baseline)).OrderByDescending(summary => summary.GoodputPerSecond)];
    }

    static StrategySummary Of(string strategy, Run[] runs, Dictionary<int, double> baseline)
    {
        double[] elapsed = [.. runs.Select(run => run.ElapsedSeconds)];
        // Paired by round: within a round both met the same delays, so their ratio does not carry the luck of the draw.
        double[] ratios = [.. runs.Where(run => baseline.ContainsKey(run.Round)).Select(run => baseline[run.Round] / run.ElapsedSeconds)];
        var interval = Bootstrap.OfMedian(elapsed);
        var speedup = strategy is Baseline ? null : Bootstrap.OfMedian(ratios);
        var good = runs.Sum(run => run.Ok + run.NotModified);
        return new(
            strategy, runs.Length, Bootstrap.Median(elapsed), interval?.Low, interval?.High,
            ratios is [] ? null : Bootstrap.Median(ratios), speedup?.Low, speedup?.High,
            good / elapsed.Sum(), (double)good / Math.Max(1, runs.Sum(run => run.Requested)), Bootstrap.Median(runs.Select(run => run.IdealSeconds / run.ElapsedSeconds)));
    }
}
