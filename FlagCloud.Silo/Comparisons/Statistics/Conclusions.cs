using System.Globalization;
using FlagCloud.Contracts;

namespace FlagCloud.Silo.Comparisons.Statistics;

/// <summary>What may be said of each pair of strategies, and no more.</summary>
static class Conclusions
{
    public static IReadOnlyList<string> Of(IReadOnlyList<StrategySummary> summaries) =>
    [
        .. summaries.SelectMany((first, i) => summaries.Skip(i + 1).Select(second =>
            first.MedianSeconds <= second.MedianSeconds ? Compare(first, second) : Compare(second, first))),
        .. summaries.Where(summary => summary.SuccessRate < 1).Select(summary => string.Create(CultureInfo.InvariantCulture,
            $"{summary.Strategy}: only {summary.SuccessRate:P1} of the flags were stored; its time is not that of the whole work.")),
    ];

    static string Compare(StrategySummary fast, StrategySummary slow)
    {
        if (IntervalOf(fast) is not { } low || IntervalOf(slow) is not { } high)
            return $"{fast.Strategy} and {slow.Strategy}: fewer than {Bootstrap.FewestValues} rounds show no interval, so no difference can be told from luck; ask for more.";
        return low.Overlaps(high)
            ? string.Create(CultureInfo.InvariantCulture,
                $"{fast.Strategy} and {slow.Strategy}: no difference shown; the 95 % intervals overlap ({Text(low)} and {Text(high)}).")
            : string.Create(CultureInfo.InvariantCulture,
                $"{fast.Strategy} is faster than {slow.Strategy}: {slow.MedianSeconds / fast.MedianSeconds:0.00}x by the medians ({fast.MedianSeconds:0.000} s and {slow.MedianSeconds:0.000} s), and the 95 % intervals do not overlap.");
    }

    static Interval? IntervalOf(StrategySummary summary) =>
        (summary.CiLowSeconds, summary.CiHighSeconds) is ({ } low, { } high) ? new(low, high) : null;

    static string Text(Interval interval) => string.Create(CultureInfo.InvariantCulture, $"{interval.Low:0.000}–{interval.High:0.000} s");
}
