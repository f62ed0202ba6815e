namespace FlagCloud.Web.Charts;

/// <summary>An axis with round ticks: from zero, unless it is logarithmic or shows a part.</summary>
public sealed record Axis(double Low, double High, IReadOnlyList<double> Ticks, bool IsLog = false)
{
    const int TicksWanted = 5;

    // Where the longest is that many times the shortest, the short ones would all lie on one spot.
    const double LogFrom = 5;

    static readonly int[] Steps = [1, 2, 5];

    /// <summary>For times that are compared by their ratio: logarithmic where they are far apart.</summary>
    public static Axis ForTimes(IEnumerable<double> values)
    {
        double[] positive = [.. values.Where(value => value > 0)];
        if (positive is [] || positive.Max() < LogFrom * positive.Min()) return For(positive);
        var (low, high) = (positive.Min() * 0.8, positive.Max() * 1.25);
        var ticks = from power in Enumerable.Range((int)Math.Floor(Math.Log10(low)), 12) from step in Steps select step * Math.Pow(10, power);
        return new(low, high, [.. ticks.Where(tick => tick >= low && tick <= high)], IsLog: true);
    }

    public static Axis For(IEnumerable<double> values)
    {
        var high = values.Where(value => value > 0 && double.IsFinite(value)).DefaultIfEmpty(1).Max();
        return Ticked(0, Math.Ceiling(high / Step(high)) * Step(high), Step(high));
    }

    /// <summary>Exactly from low to high, with round ticks in between.</summary>
    public static Axis Between(double low, double high) => Ticked(low, high, Step(high - low));

    /// <summary>0 at the bottom, 1 at the top.</summary>
    public double Place(double value) => Math.Clamp(IsLog ? Math.Log(value / Low) / Math.Log(High / Low) : (value - Low) / (High - Low), 0, 1);

    public string Percent(double value) => Css.Percent(Place(value));

    /// <summary>In a picture a thousand units wide. What lies outside is put a little outside of the picture, whose edge cuts it off.</summary>
    public string X(double value) => Css.Number(Math.Clamp((value - Low) / (High - Low), -.1, 1.1) * 1000);

    static Axis Ticked(double low, double high, double step)
    {
        var first = Math.Ceiling(low / step - 1e-9);
        return new(low, high, [.. Enumerable.Range(0, (int)(Math.Floor(high / step + 1e-9) - first) + 1).Select(tick => (first + tick) * step)]);
    }

    static double Step(double length)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(length / TicksWanted)));
        return (length / TicksWanted / power) switch { <= 1 => 1, <= 2 => 2, <= 2.5 => 2.5, <= 5 => 5, _ => 10 } * power;
    }
}

static class Css
{
    public static string Percent(double part) => (part * 100).ToString("0.###", CultureInfo.InvariantCulture) + "%";

    public static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
