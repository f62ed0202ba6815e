using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Components;

namespace FlagCloud.Components.Charts;

/// <summary>Lines over time, drawn as SVG by the server: the browser needs no script for it, nor the policy an exception.</summary>
public sealed partial class LineChart
{
    Axis _axis = Axis.For([]);

    /// <summary>What the chart shows, for who cannot see it.</summary>
    [Parameter, EditorRequired] public string Label { get; set; } = "";
    [Parameter, EditorRequired] public IReadOnlyList<DateTimeOffset> Times { get; set; } = [];
    [Parameter, EditorRequired] public IReadOnlyList<ChartLine> Lines { get; set; } = [];
    [Parameter] public IReadOnlyList<ChartMark> Marks { get; set; } = [];
    [Parameter] public string? Unit { get; set; }

    protected override void OnParametersSet() => _axis = Axis.For(
        Lines.SelectMany(line => line.Values).OfType<double>().Concat(Marks.Select(mark => mark.Value)));

    string Y(double value) => ((1 - _axis.Place(value)) * 1000).ToString("0.#", CultureInfo.InvariantCulture);

    string X(int step) => ((step + 0.5) / Times.Count * 1000).ToString("0.#", CultureInfo.InvariantCulture);

    static string Percent(double part) => (part * 100).ToString("0.##", CultureInfo.InvariantCulture) + "%";

    // A line ends where nothing was recorded: joining over a gap would show values that nobody measured.
    string LinePath(ChartLine line)
    {
        var path = new StringBuilder();
        var isDrawing = false;
        for (var step = 0; step < line.Values.Count; step++)
        {
            if (line.Values[step] is { } value)
                path.Append(isDrawing ? 'L' : 'M').Append(X(step)).Append(' ').Append(Y(value));
            isDrawing = line.Values[step] is not null;
        }
        return path.ToString();
    }

    // Of no length, which a round cap makes a dot; only where a value stands alone.
    string PointPath(ChartLine line)
    {
        var path = new StringBuilder();
        for (var step = 0; step < line.Values.Count; step++)
            if (line.Values[step] is { } value
                && (step == 0 || line.Values[step - 1] is null) && (step == line.Values.Count - 1 || line.Values[step + 1] is null))
                path.Append('M').Append(X(step)).Append(' ').Append(Y(value)).Append("h0");
        return path.ToString();
    }

    string TimeLabel(double part)
    {
        if (Times.Count < 2) return "";
        var span = (Times[^1] - Times[0]) * (Times.Count / (Times.Count - 1.0));
        var time = Times[0] + span * part;
        return time.ToLocalTime().ToString(span < TimeSpan.FromMinutes(10) ? "HH:mm:ss" : "HH:mm", CultureInfo.InvariantCulture);
    }
}
