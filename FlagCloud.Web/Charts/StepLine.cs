namespace FlagCloud.Components.Charts;

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
