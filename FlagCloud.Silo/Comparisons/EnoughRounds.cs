using FlagCloud.Contracts;
using FlagCloud.Silo.Comparisons.Statistics;

namespace FlagCloud.Silo.Comparisons;

/// <summary>Ends a comparison once its intervals are narrow enough. The look is at their width only, never at which strategy leads: that would be picking a winner.</summary>
static class EnoughRounds
{
    /// <summary>Whether this run need not be done any more. Only whole rounds are looked at.</summary>
    public static bool Before(PlannedRun plan, Comparison record) =>
        record.Settings.CiWidth is not null
        && plan.Round > record.Settings.Rounds
        && record.Runs.All(run => run.Round < plan.Round)
        && Precision(record) is { Enough: true };

    /// <returns>Null where the rounds were not to be chosen.</returns>
    public static Precision? Precision(Comparison record)
    {
        if (record.Settings is not { CiWidth: { } wanted, MaxRounds: { } ceiling }) return null;
        var summaries = Summaries.Of(record.Runs);
        // A baseline that others are held against round by round counts with them; its own time carries the luck of the draws, which no round lessens.
        double?[] widths = [.. summaries.Where(summary => summary.Strategy is not Summaries.Baseline || summaries.Count is 1).Select(HalfWidth)];
        double? reached = widths is [] || widths.Contains(null) ? null : widths.Max();
        return new(wanted, reached, summaries.Count is 0 ? 0 : summaries.Min(summary => summary.Rounds), ceiling, reached <= wanted);
    }

    // Of the speed-up where there is one, and of the time otherwise.
    static double? HalfWidth(StrategySummary summary) => summary switch
    {
        { SpeedupCiLow: { } low, SpeedupCiHigh: { } high, Speedup: { } middle } => Width(low, middle, high),
        { CiLowSeconds: { } low, CiHighSeconds: { } high } => Width(low, summary.MedianSeconds, high),
        _ => null,
    };

    static double Width(double low, double middle, double high) => Math.Max(high - middle, middle - low) / middle;
}
