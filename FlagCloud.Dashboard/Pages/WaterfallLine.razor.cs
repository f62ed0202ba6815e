using System.Globalization;
using System.Text;
using FlagCloud.Components;
using FlagCloud.Dashboard.Queries;
using FlagCloud.Dashboard.Telemetry;
using Microsoft.AspNetCore.Components;

namespace FlagCloud.Dashboard.Pages;

public sealed partial class WaterfallLine
{
    const int MembersDrawn = 400;

    [Parameter, EditorRequired] public WaterfallRow Row { get; set; } = null!;
    [Parameter, EditorRequired] public Waterfall Waterfall { get; set; } = null!;
    [Parameter] public string? Link { get; set; }
    [Parameter] public bool IsSelected { get; set; }
    [Parameter] public bool IsDimmed { get; set; }
    [Parameter] public EventCallback Toggled { get; set; }

    string Colour => SeriesColour.Of((Row.Span ?? Row.Members[0]).Resource.Name);

    bool LabelIsRight => Row.End - Waterfall.Start < 0.86 * Waterfall.Duration;

    bool LabelIsInside => !LabelIsRight && Row.Start - Waterfall.Start < 0.14 * Waterfall.Duration;

    // Spans of a group lie apart, so what they take together says more than where the last one ends.
    string Label => Row.IsGroup ? "Σ " + UnixNano.Readable(Row.Members.Sum(span => span.Duration)) : UnixNano.Readable(Row.Duration);

    string Percent(long nanos) => (100.0 * nanos / Waterfall.Duration).ToString("0.###", CultureInfo.InvariantCulture) + "%";

    string Describe()
    {
        var starts = $"starts at {UnixNano.Readable(Row.Start - Waterfall.Start)}, takes {UnixNano.Readable(Row.Duration)}";
        return Row.Span is { } span ? $"{span.Name} ({span.Resource.Label}) {starts}" : $"{Row.Members.Count} spans, the first {starts}";
    }

    string Members(Func<Span, bool> which)
    {
        var path = new StringBuilder();
        foreach (var span in Row.Members.Where(which).Take(MembersDrawn))
            path.Append(CultureInfo.InvariantCulture,
                $"M{1000.0 * (span.Start - Waterfall.Start) / Waterfall.Duration:0.#} 10h{Math.Max(1, 1000.0 * span.Duration / Waterfall.Duration):0.#}");
        return path.ToString();
    }
}
