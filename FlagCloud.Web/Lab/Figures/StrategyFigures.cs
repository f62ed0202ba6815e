using FlagCloud.Components.Charts;
using FlagCloud.Contracts;
using FlagCloud.Silo.Comparisons.Statistics;

namespace FlagCloud.Silo.Components.Figures;

/// <summary>A strategy's summary, and the ideal that it is held against: medians over the same rounds.</summary>
/// <param name="IdealSpeedup">Sequential by this strategy's ideal, round by round; null without a sequential run or for an origin without delay.</param>
public sealed record StrategyFigures(StrategySummary Summary, double IdealSeconds, double? IdealSpeedup)
{
    public static IReadOnlyList<StrategyFigures> Of(Comparison comparison)
    {
        var measured = comparison.Runs.Where(run => run is { Warmup: false, Cancelled: 0, Interrupted: false }).ToLookup(run => run.Strategy);
        var baseline = measured[Summaries.Baseline].ToDictionary(run => run.Round, run => run.ElapsedSeconds);
        return [.. comparison.Summary.Select(summary =>
        {
            var runs = measured[summary.Strategy].ToArray();
            double[] ratios = [.. runs.Where(run => run.IdealSeconds > 0 && baseline.ContainsKey(run.Round)).Select(run => baseline[run.Round] / run.IdealSeconds)];
            return new StrategyFigures(summary, runs is [] ? 0 : Bootstrap.Median(runs.Select(run => run.IdealSeconds)), ratios is [] ? null : Bootstrap.Median(ratios));
        })];
    }

    public ChartBar Elapsed(string? label = null) => new(
        Summary.Strategy, Summary.MedianSeconds, Summary.CiLowSeconds, Summary.CiHighSeconds, IdealSeconds > 0 ? IdealSeconds : null, label);

    /// <summary>Null where there is nothing to hold it against.</summary>
    public ChartBar? Speedup(string? label = null) => Summary.Speedup is { } speedup
        ? new(Summary.Strategy, speedup, Summary.SpeedupCiLow, Summary.SpeedupCiHigh, IdealSpeedup, label)
        : null;
}
