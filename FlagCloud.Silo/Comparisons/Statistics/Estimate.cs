using System.Globalization;

namespace FlagCloud.Silo.Comparisons.Statistics;

/// <summary>A median over rounds, not a number where there are none, and its 95 % interval; null for fewer than six.</summary>
readonly record struct Estimate(double Median, MedianInterval? Interval, int Rounds = 0)
{
    /// <summary>How far the interval reaches to its longer side; and that as a share of the figure.</summary>
    public double HalfSpan => Interval is { } interval ? Math.Max(interval.High - Median, Median - interval.Low) : double.PositiveInfinity;
    public double Width => HalfSpan / Math.Abs(Median);
    public double? Known => double.IsNaN(Median) ? null : Median;

    /// <summary>Of a ratio, the one rule of every verdict: the two differ if the interval excludes 1.</summary>
    public bool Differs => Interval is { } interval && (interval.Low > 1 || interval.High < 1);

    public static Estimate Of(IReadOnlyList<double> values) => values is [] ? new(double.NaN, null) : new(MedianInterval.Median(values), MedianInterval.Of(values), values.Count);

    /// <summary>How many times as long one trial takes as another: paired, since within a round both met the same delays: their ratio does not carry the luck of draws.</summary>
    public static Estimate OfRatio(IEnumerable<Run> slow, IEnumerable<Run> fast) =>
        Of([.. slow.Join(fast, run => run.Round, run => run.Round, (one, other) => one.ElapsedSeconds / other.ElapsedSeconds)]);

    /// <summary>Such as "1.02x (0.98 to 1.05)".</summary>
    public string Text(string unit)
    {
        var after = unit is "x" or "" ? unit : " " + unit;
        return Number(Median) + after + (Interval is { } interval ? $" ({Number(interval.Low)} to {Number(interval.High)})" : "");
    }

    static string Number(double value) =>
        value.ToString(Math.Abs(value) switch { >= 100 => "0", >= 10 => "0.0", >= 0.1 => "0.00", 0 => "0", _ => "0.0000" }, CultureInfo.InvariantCulture);
}
