namespace FlagCloud.Components.Charts;

/// <summary>An axis from zero, or below, with round ticks.</summary>
public sealed record Axis(double Low, double High, IReadOnlyList<double> Ticks)
{
    const int TicksWanted = 5;

    public static Axis For(IEnumerable<double> values)
    {
        double low = 0, high = 0;
        foreach (var value in values.Where(double.IsFinite))
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        if (high <= low) high = low + 1;
        var step = RoundUp((high - low) / TicksWanted);
        low = Math.Floor(low / step) * step;
        high = Math.Ceiling(high / step) * step;
        return new Axis(low, high, [.. Enumerable.Range(0, (int)Math.Round((high - low) / step) + 1).Select(tick => low + tick * step)]);
    }

    /// <summary>Exactly from low to high, with round ticks in between.</summary>
    public static Axis Between(double low, double high)
    {
        if (high <= low) high = low + 1e-3;
        var step = RoundUp((high - low) / TicksWanted);
        var first = Math.Ceiling(low / step);
        return new Axis(low, high, [.. Enumerable.Range(0, (int)(Math.Floor(high / step + 1e-9) - first) + 1).Select(tick => (first + tick) * step)]);
    }

    /// <summary>0 at the bottom, 1 at the top.</summary>
    public double Place(double value) => Math.Clamp((value - Low) / (High - Low), 0, 1);

    static double RoundUp(double step)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(step)));
        return (step / power) switch { <= 1 => 1, <= 2 => 2, <= 2.5 => 2.5, <= 5 => 5, _ => 10 } * power;
    }
}
