namespace FlagCloud.Web.Lab.Why;

/// <summary>The part of the time axis that is shown, the same for all strategies; seconds.</summary>
/// <param name="Whole">Where the longest run ends.</param>
public sealed record Zoom(double From, double To, double Whole)
{
    const double Closest = 0.001;

    public static Zoom All(double whole) => new(0, Math.Max(whole, Closest), Math.Max(whole, Closest));

    /// <summary>All of a round, to the end of its longest run.</summary>
    public static Zoom All(Comparison record, int round) => All(record.Runs.Where(run => run.Round == round).Select(run => run.ElapsedSeconds).DefaultIfEmpty(0).Max());

    public Axis Axis => Axis.Between(From, To);

    public Zoom By(double factor)
    {
        var (middle, half) = ((From + To) / 2, Math.Max(Closest, (To - From) * factor) / 2);
        return Within(middle - half, middle + half);
    }

    public Zoom Move(double part) => Within(From + (To - From) * part, To + (To - From) * part);

    /// <param name="part">"0.2,0.4": from and to as shares of what is shown.</param>
    public Zoom Brush(string? part) =>
        part?.Split(',') is [var from, var to] && TryRead(from, out var low) && TryRead(to, out var high) && high > low
            ? Within(From + (To - From) * low, From + (To - From) * high)
            : this;

    Zoom Within(double from, double to)
    {
        var width = Math.Min(Math.Max(to - from, Closest), Whole);
        var start = Math.Clamp(from, 0, Whole - width);
        return this with { From = start, To = start + width };
    }

    static bool TryRead(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && value is >= 0 and <= 1;
}
