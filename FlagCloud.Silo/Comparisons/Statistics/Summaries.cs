namespace FlagCloud.Silo.Comparisons.Statistics;

/// <summary>What the measured rounds say of each trial.</summary>
static class Summaries
{
    public const string Baseline = "sequential"; // The trial that all others are held against.

    /// <param name="runs">All runs of a comparison; those that do not <see cref="Run.Counts">count</see> are left out.</param>
    /// <returns>Best goodput first.</returns>
    public static IReadOnlyList<StrategySummary> Of(IEnumerable<Run> runs)
    {
        var measured = runs.Where(run => run.Counts).ToLookup(run => run.Name);
        return [.. measured.Select(trial => Of([.. trial], [.. measured[Baseline]])).OrderByDescending(summary => summary.GoodputPerSecond)];
    }

    static StrategySummary Of(Run[] runs, Run[] baseline)
    {
        var (elapsed, speedup) = (Estimate.Of([.. runs.Select(run => run.ElapsedSeconds)]), Estimate.OfRatio(baseline, runs));
        var speedupInterval = runs[0].Name is Baseline ? null : speedup.Interval;
        var ideals = runs.Where(run => run.IdealSeconds > 0).Select(run => run with { ElapsedSeconds = run.IdealSeconds }).ToArray();
        var good = runs.Sum(run => run.Good);
        return new()
        {
            Strategy = runs[0].Strategy, Trial = runs[0].Trial, Rounds = runs.Length,
            MedianSeconds = elapsed.Median, CiLowSeconds = elapsed.Interval?.Low, CiHighSeconds = elapsed.Interval?.High,
            Speedup = speedup.Known, SpeedupCiLow = speedupInterval?.Low, SpeedupCiHigh = speedupInterval?.High,
            GoodputPerSecond = good / runs.Sum(run => run.ElapsedSeconds),
            SuccessRate = (double)good / Math.Max(1, runs.Sum(run => run.Requested)),
            Efficiency = MedianInterval.Median(runs.Select(run => run.IdealSeconds / run.ElapsedSeconds)),
            IdealSeconds = MedianInterval.Median(runs.Select(run => run.IdealSeconds)),
            IdealSpeedup = Estimate.OfRatio(baseline, ideals).Known,
            PeakInFlight = runs.Max(run => run.PeakInFlight),
            OriginPeakInFlight = runs.Max(run => run.OriginPeakInFlight),
            BlockedThreads = runs.Max(run => run.Use?.BlockedAtOnce ?? 0),
            CpuSeconds = Estimate.Of([.. runs.Select(run => run.CpuSeconds).OfType<double>()]).Known,
        };
    }

    /// <summary>The widest of the intervals that decide when enough rounds have been run, as a share of its figure; null where there is none yet.</summary>
    // A baseline that others are held against round by round counts with them; its own time carries the luck of the draws, which no round lessens.
    public static double? Width(IEnumerable<Run> runs)
    {
        var measured = runs.Where(run => run.Counts).ToLookup(run => run.Name);
        Estimate[] deciding = [.. measured.Where(trial => trial.Key is not Baseline || measured.Count is 1).Select(trial => Deciding([.. trial], [.. measured[Baseline]]))];
        return deciding is [] || deciding.Any(estimate => estimate.Interval is null) ? null : deciding.Max(estimate => estimate.Width);
    }

    // The speed-up where there is one, and the time otherwise.
    static Estimate Deciding(Run[] runs, Run[] baseline) =>
        runs[0].Name is not Baseline && Estimate.OfRatio(baseline, runs) is { Interval: not null } speedup ? speedup : Estimate.Of([.. runs.Select(run => run.ElapsedSeconds)]);
}
