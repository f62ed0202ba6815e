namespace FlagCloud.Web.Charts;

/// <summary>A bar with what is known of it. <see cref="Name"/> also chooses its colour.</summary>
/// <param name="Low">Lower end of its interval; null, as <paramref name="High"/>, where none is known.</param>
/// <param name="Ideal">A value that it is held against, drawn as a line across it; null for none.</param>
/// <param name="Label">Beside the bar, where the name alone does not tell it from others.</param>
public sealed record ChartBar(string Name, double Value, double? Low = null, double? High = null, double? Ideal = null, string? Label = null);

/// <summary>What was measured in each round, and what it comes to; seconds. <see cref="Name"/> also chooses the colour.</summary>
/// <param name="Ideal">The least that was possible; null where that is not known.</param>
public sealed record RoundsRow(string Name, IReadOnlyList<double> Values, double Median, double? Low, double? High, double? Ideal);

/// <summary>A value that changes at moments and stays in between. <see cref="Name"/> also chooses its colour.</summary>
/// <param name="Points">In the order of time; seconds.</param>
public sealed record StepLine(string Name, IReadOnlyList<(double At, double Value)> Points)
{
    /// <summary>How many intervals are open at each moment.</summary>
    public static StepLine Count(string name, IEnumerable<(double Start, double End)> intervals)
    {
        var points = new List<(double, double)> { (0, 0) };
        var open = 0;
        // At the same moment an end comes before a start, so that a place that changes hands is not counted twice.
        foreach (var (at, change) in intervals.SelectMany(interval => new[] { (interval.Start, 1), (interval.End, -1) }).Order())
            points.Add((at, open += change));
        return new(name, points);
    }
}

/// <summary>How values are spread. <see cref="Name"/> also chooses the colour.</summary>
public sealed record SpreadRow(string Name, int Count, double P5, double P25, double P50, double P75, double P90, double P95, double P99, double Most)
{
    /// <summary>Null for no values.</summary>
    public static SpreadRow? Of(string name, IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        if (sorted is []) return null;
        // Linear between the two nearest values, as NumPy does it by default.
        double At(double part)
        {
            var place = part * (sorted.Length - 1);
            var (low, high) = ((int)Math.Floor(place), (int)Math.Ceiling(place));
            return sorted[low] + (sorted[high] - sorted[low]) * (place - low);
        }
        return new(name, sorted.Length, At(.05), At(.25), At(.5), At(.75), At(.9), At(.95), At(.99), sorted[^1]);
    }
}

/// <summary>A row of a timeline: consecutive segments from <see cref="Start"/> on, seconds.</summary>
/// <param name="Ends">Where each segment ends; the row ends with the last one that was reached.</param>
/// <param name="Tip">Its figures, shown on hover and focus.</param>
/// <param name="IsBad">Whether it did not end well.</param>
public sealed record TimelineRow(string Name, double Start, IReadOnlyList<double> Ends, string Tip, string? Link, bool IsBad);
