namespace FlagCloud.Silo.Comparisons.Statistics;

/// <summary>What the measured rounds say of each trial.</summary>
static class Summaries
{
    /// <summary>The trial that all others are held against.</summary>
    public const string Baseline = "sequential";

    /// <param name="runs">All runs of a comparison; those that do not <see cref="Run.Counts">count</see> are left out.</param>
    /// <returns>Best goodput first.</returns>
    public static IReadOnlyList<StrategySummary> Of(IEnumerable<Run> runs)
    {
        var measured = runs.Where(run => run.Counts).ToLookup(run => run.Name);
        return [.. measured.Select(trial => Of([.. trial], [.. measured[Baseline]])).OrderByDescending(summary => summary.GoodputPerSecond)];
    }

    static StrategySummary Of(Run[] runs, Run[] baseline)
    {
        double[] elapsed = [.. runs.Select(run => run.ElapsedSeconds)];
        var (interval, speedups) = (MedianInterval.Of(elapsed), PairedRatio.Of(baseline, runs));
        var speedup = runs[0].Name is Baseline ? null : speedups.Interval;
        var ideals = runs.Where(run => run.IdealSeconds > 0).Select(run => run with { ElapsedSeconds = run.IdealSeconds }).ToArray();
        var good = runs.Sum(run => run.Good);
        return new()
        {
            Strategy = runs[0].Strategy,
            Trial = runs[0].Trial,
            Rounds = runs.Length,
            MedianSeconds = MedianInterval.Median(elapsed),
            CiLowSeconds = interval?.Low,
            CiHighSeconds = interval?.High,
            Speedup = speedups.Median,
            SpeedupCiLow = speedup?.Low,
            SpeedupCiHigh = speedup?.High,
            GoodputPerSecond = good / elapsed.Sum(),
            SuccessRate = (double)good / Math.Max(1, runs.Sum(run => run.Requested)),
            Efficiency = MedianInterval.Median(runs.Select(run => run.IdealSeconds / run.ElapsedSeconds)),
            IdealSeconds = MedianInterval.Median(runs.Select(run => run.IdealSeconds)),
            IdealSpeedup = PairedRatio.Of(baseline, ideals).Median,
            PeakInFlight = runs.Max(run => run.PeakInFlight),
            OriginPeakInFlight = runs.Max(run => run.OriginPeakInFlight),
            BlockedThreads = runs.Max(run => run.Use?.BlockedAtOnce ?? 0),
            CpuSeconds = runs.Select(run => run.CpuSeconds).OfType<double>().ToArray() is [_, ..] told ? MedianInterval.Median(told) : null,
        };
    }
}
