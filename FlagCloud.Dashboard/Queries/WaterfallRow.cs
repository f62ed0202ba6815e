using FlagCloud.Dashboard.Telemetry;

namespace FlagCloud.Dashboard.Queries;

/// <summary>
/// A row: a span, or with no <see cref="Span"/> several of them, a group by tag or a fold. <see cref="Members"/> are the spans that a row
/// of several stands for.
/// </summary>
public sealed record WaterfallRow(string Key, int Depth, string Name, Span? Span, long Start, long End)
{
    public IReadOnlyList<Span> Members { get; init; } = [];
    public bool HasChildren { get; init; }
    public bool IsOpen { get; init; }
    public bool IsMatch { get; init; }

    /// <summary>Spans below this row, itself not counted.</summary>
    public int Descendants { get; init; }
    public int Errors { get; init; }

    public long Duration => Math.Max(0, End - Start);
    public bool IsFold => Key.StartsWith("fold:", StringComparison.Ordinal);
    public bool IsGroup => Key.StartsWith("group:", StringComparison.Ordinal);
}
