using FlagCloud.Silo.Comparisons.Statistics;

namespace FlagCloud.Silo.Comparisons;

/// <summary>Ends a comparison once its intervals are narrow enough. The look is at their width only, never at which strategy leads: that would be picking a winner.</summary>
static class EnoughRounds
{
    /// <param name="width">Of the widest interval, as a share of its figure; null where there is none yet.</param>
    /// <returns>Null where the rounds were not to be chosen.</returns>
    public static Precision? Precision(ComparisonSettings settings, int rounds, double? width) =>
        settings is { CiWidth: { } wanted, MaxRounds: { } ceiling } ? new(wanted, width, rounds, ceiling, width <= wanted) : null;

    /// <summary>The widest of the intervals that the summary rests on.</summary>
    public static double? Width(IReadOnlyList<StrategySummary> summary)
    {
        // A baseline that others are held against round by round counts with them; its own time carries the luck of the draws, which no round lessens.
        double?[] widths = [.. summary.Where(one => one.Name is not Summaries.Baseline || summary.Count is 1).Select(HalfWidth)];
        return widths is [] || widths.Contains(null) ? null : widths.Max();
    }

    // Of the speed-up where there is one, and of the time otherwise.
    static double? HalfWidth(StrategySummary summary) => summary switch
    {
        { SpeedupCiLow: { } low, SpeedupCiHigh: { } high, Speedup: { } middle } => HalfWidth(low, middle, high),
        { CiLowSeconds: { } low, CiHighSeconds: { } high } => HalfWidth(low, summary.MedianSeconds, high),
        _ => null,
    };

    static double HalfWidth(double low, double middle, double high) => Math.Max(high - middle, middle - low) / middle;
}
