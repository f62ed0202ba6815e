using FlagCloud.Dashboard.Queries;
using FlagCloud.Dashboard.Telemetry;
using Microsoft.AspNetCore.Components;

namespace FlagCloud.Dashboard.Pages;

public sealed partial class LogsPage
{
    const int EntriesSuggestedFrom = 500;
    const int RowHeight = 34;
    List<LogEntry> _entries = [];
    LogQuery _query = new();
    LogEntry? _selected;
    IReadOnlyList<string> _fields = [];

    [SupplyParameterFromQuery] public string? Text { get; set; }
    [SupplyParameterFromQuery] public string? Resource { get; set; }
    [SupplyParameterFromQuery] public string? Level { get; set; }
    [SupplyParameterFromQuery] public string? Filter { get; set; }
    [SupplyParameterFromQuery] public string? Trace { get; set; }
    [SupplyParameterFromQuery] public string? Span { get; set; }
    [SupplyParameterFromQuery] public long? Log { get; set; }

    protected override void Load()
    {
        _query = new LogQuery
        {
            Text = Text ?? "",
            Resource = Resource,
            Level = Enum.TryParse<LogLevel>(Level, out var level) ? level : LogLevel.Trace,
            TraceId = TraceId.Parse(Trace),
            SpanId = SpanId.Parse(Span),
            Filters = FilterAddress.Read(Filter),
        };
        _entries = [.. _query.Run(Store.Logs)];
        _selected = Log is { } number ? _entries.Find(entry => entry.Number == number) : null;
        _fields = [.. Sample().SelectMany(entry => entry.Attributes).Select(tag => tag.Key).Distinct().Order(StringComparer.Ordinal)];
    }

    IEnumerable<LogEntry> Sample() => _entries.TakeLast(EntriesSuggestedFrom);

    IEnumerable<string> Values(string field) => Sample().Select(entry => LogFields.Of(entry, field)).OfType<string>().Distinct().Take(30);
}
