using System.Collections.Concurrent;

namespace FlagCloud.Web.Charts;

/// <summary>A figure, with marks for what is known of it. <see cref="Name"/> also chooses its colour.</summary>
public sealed record ChartRow(string Name, double Value, string Text, IReadOnlyList<Mark> Marks)
{
    /// <summary>Beside the row, where the name alone does not tell it from others.</summary>
    public string Label { get; init; } = Name;

    public static ChartRow Bar(string name, double value, string? unit = null) => new(name, value, Quantity.Text(value, unit), [new("length", 0, value)]);

    public static ChartRow Elapsed(StrategySummary summary) => Seconds(summary, [new("length", 0, summary.MedianSeconds), .. Mark.Known("whisker", summary.CiLowSeconds, summary.CiHighSeconds)]);

    /// <summary>A dot for each round, and what they come to.</summary>
    public static ChartRow Rounds(StrategySummary summary, IEnumerable<double> rounds) => Seconds(
        summary, [.. Mark.Known("band", summary.CiLowSeconds, summary.CiHighSeconds), .. rounds.Select(seconds => new Mark("round", seconds)), new("median", summary.MedianSeconds)]);

    /// <summary>Null without a sequential run.</summary>
    public static ChartRow? Speedup(StrategySummary summary) => summary.Speedup is not { } speedup ? null : new(
        summary.Name, speedup, Words(speedup, "×", summary.SpeedupCiLow, summary.SpeedupCiHigh, summary.IdealSpeedup),
        [new("length", 0, speedup), .. Mark.Known("whisker", summary.SpeedupCiLow, summary.SpeedupCiHigh), .. Mark.Known("ideal", summary.IdealSpeedup)]);

    static ChartRow Seconds(StrategySummary summary, IReadOnlyList<Mark> marks)
    {
        double? ideal = summary.IdealSeconds > 0 ? summary.IdealSeconds : null;
        return new(summary.Name, summary.MedianSeconds, Words(summary.MedianSeconds, "s", summary.CiLowSeconds, summary.CiHighSeconds, ideal), [.. marks, .. Mark.Known("ideal", ideal)]);
    }

    static string Words(double value, string? unit, double? low, double? high, double? ideal) => Quantity.Text(value, unit)
        + (low is null ? "" : $", 95 % interval {Quantity.Text(low, unit)} to {Quantity.Text(high, unit)}")
        + (ideal is null ? "" : $", the server's delays allow {Quantity.Text(ideal, unit)}");
}

/// <summary>A place on a chart's axis, or all from one place to another.</summary>
public sealed record Mark(string Kind, double From, double? To = null)
{
    /// <summary>What a chart's key says of those that need it.</summary>
    public static readonly IReadOnlyList<(string Kind, string Meaning)> Meanings =
        [("median", "median"), ("whisker", "95 % interval"), ("band", "95 % interval"), ("ideal", "what the server's delays allow")];

    public static IEnumerable<Mark> Known(string kind, double? from, double? to = null) => from is { } known ? [new(kind, known, to)] : [];
}

/// <summary>A value that changes at moments and stays in between. <see cref="Name"/> also chooses its colour.</summary>
/// <param name="Points">In the order of time; seconds.</param>
public sealed record StepLine(string Name, IReadOnlyList<(double At, double Value)> Points)
{
    /// <summary>How many intervals are open at each moment.</summary>
    public static StepLine Count(string name, IEnumerable<(double Start, double End)> intervals)
    {
        var open = 0;
        // At the same moment an end comes before a start, so that a place that changes hands is not counted twice.
        var changes = intervals.SelectMany(interval => new[] { (At: interval.Start, By: 1), (At: interval.End, By: -1) }).Order();
        return new(name, [(0, 0), .. changes.Select(change => (change.At, (double)(open += change.By)))]);
    }
}

/// <summary>How values are spread. <see cref="Name"/> also chooses the colour.</summary>
public sealed record SpreadRow(string Name, double[] Sorted)
{
    public ChartRow Row => new(
        Name, At(.5), $"median {Quantity.Text(At(.5), "s")}, 95th percentile {Quantity.Text(At(.95), "s")}",
        [new("reach", At(.05), At(.95)), new("box", At(.25), At(.75)), new("middle", At(.5))]);

    public static SpreadRow? Of(string name, IEnumerable<double> values) => values.Order().ToArray() is { Length: > 0 } sorted ? new(name, sorted) : null;

    /// <summary>A quantile: linear between the two nearest values, as NumPy has it by default.</summary>
    public double At(double part)
    {
        var place = part * (Sorted.Length - 1);
        var (low, high) = ((int)Math.Floor(place), (int)Math.Ceiling(place));
        return Sorted[low] + (Sorted[high] - Sorted[low]) * (place - low);
    }
}

/// <summary>The colour of a name, the same on every page: a strategy's own, or the next free of eight for each new name.</summary>
public static class SeriesColour
{
    const int Colours = 8, NamesHeld = 1_000;
    static readonly ConcurrentDictionary<string, int> Names = new(StringComparer.Ordinal);

    /// <summary>The style class. FlagCloud's own strategies have theirs for good, so that a picture of one day can be held beside that of another.</summary>
    public static string Of(string name) => name switch
    {
        "sequential" => "t0",
        "threaded" => "t1",
        "async" => "t2",
        _ when Names.Count < NamesHeld => $"s{Names.GetOrAdd(name, _ => Names.Count) % Colours}",
        _ => $"s{Names.GetValueOrDefault(name, name.Length) % Colours}",
    };
}
