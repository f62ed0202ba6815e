using FlagCloud.Dashboard.Telemetry;

namespace FlagCloud.Dashboard.Queries;

/// <summary>Which logs a page wants.</summary>
public sealed record LogQuery
{
    public string? Resource { get; init; }
    public LogLevel Level { get; init; } = LogLevel.Trace;
    public string Text { get; init; } = "";
    public TraceId TraceId { get; init; }
    public SpanId SpanId { get; init; }
    public IReadOnlyList<FieldFilter> Filters { get; init; } = [];

    /// <summary>Those that match, in order of time.</summary>
    public IReadOnlyList<LogEntry> Run(LogStore logs) => [.. logs.Where(Admits).OrderBy(entry => entry.Time).ThenBy(entry => entry.Number)];

    bool Admits(LogEntry entry) =>
        entry.Level >= Level
        && ResourceChoice.Admits(Resource, entry.Resource)
        && (TraceId.IsNone || entry.TraceId == TraceId)
        && (SpanId.IsNone || entry.SpanId == SpanId)
        && (Text.Length == 0 || entry.Message.Contains(Text, StringComparison.OrdinalIgnoreCase)
            || entry.Exception?.Contains(Text, StringComparison.OrdinalIgnoreCase) == true)
        && Filters.All(filter => filter.IsOff || filter.Admits(LogFields.Of(entry, filter.Field)));
}
