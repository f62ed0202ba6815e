using FlagCloud.Dashboard.Telemetry;

namespace FlagCloud.Dashboard.Queries;

/// <summary>
/// The rows of a trace: its tree of spans, in which spans may be gathered by the value of a tag, and many alike under one parent are
/// folded into one row that shows where each of them lies.
/// </summary>
public sealed record Waterfall(IReadOnlyList<WaterfallRow> Rows, long Start, long End, int Depth, int Matches)
{
    /// <summary>From so many spans of one name under one parent, they are folded.</summary>
    public const int FoldFrom = 12;

    public long Duration => Math.Max(1, End - Start);

    public static Waterfall Build(IReadOnlyList<Span> spans, WaterfallView view)
    {
        if (spans.Count == 0) return new([], 0, 0, 0, 0);
        return new WaterfallBuilder(spans, view).Build();
    }
}
