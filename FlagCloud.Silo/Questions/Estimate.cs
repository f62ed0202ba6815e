using System.Globalization;

namespace FlagCloud.Silo.Questions;

/// <summary>A median over rounds and its 95 % interval; null for fewer than six.</summary>
readonly record struct Estimate(double Median, MedianInterval? Interval)
{
    /// <summary>How far the interval reaches to its longer side.</summary>
    public double HalfSpan => Interval is { } interval ? Math.Max(interval.High - Median, Median - interval.Low) : double.PositiveInfinity;

    public static Estimate Of(IReadOnlyList<double> values) => values is [] ? new(double.NaN, null) : new(MedianInterval.Median(values), MedianInterval.Of(values));

    public Figure Figure(string name, string unit) => new(name, double.IsNaN(Median) ? 0 : Median, unit, Interval?.Low, Interval?.High, null);

    /// <summary>Such as "1.02x (0.98 to 1.05)".</summary>
    public string Text(string unit)
    {
        var after = unit is "x" or "" ? unit : " " + unit;
        var range = Interval is { } interval ? string.Create(CultureInfo.InvariantCulture, $" ({Number(interval.Low)} to {Number(interval.High)})") : "";
        return Number(Median) + after + range;
    }

    static string Number(double value) => value.ToString(Math.Abs(value) switch { >= 100 => "0", >= 10 => "0.0", >= 0.1 => "0.00", 0 => "0", _ => "0.0000" }, CultureInfo.InvariantCulture);
}
