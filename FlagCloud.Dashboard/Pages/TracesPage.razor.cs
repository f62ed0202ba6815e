using System.Globalization;
using FlagCloud.Dashboard.Queries;
using FlagCloud.Dashboard.Telemetry;
using Microsoft.AspNetCore.Components;

namespace FlagCloud.Dashboard.Pages;

public sealed partial class TracesPage
{
    const int TracesSuggestedFrom = 20;
    List<TraceSummary> _traces = [];
    TraceQuery _query = new();
    IReadOnlyList<string> _fields = [];
    long _longest = 1;

    [SupplyParameterFromQuery] public string? Text { get; set; }
    [SupplyParameterFromQuery] public string? Resource { get; set; }
    [SupplyParameterFromQuery] public string? Type { get; set; }
    [SupplyParameterFromQuery] public bool Errors { get; set; }
    [SupplyParameterFromQuery] public string? Filter { get; set; }

    protected override void Load()
    {
        _query = new TraceQuery
        {
            Text = Text ?? "",
            Resource = Resource,
            OnlyErrors = Errors,
            Type = Enum.TryParse<SpanType>(Type, out var type) ? type : null,
            Filters = FilterAddress.Read(Filter),
        };
        _traces = [.. _query.Run(Store.Traces)];
        _longest = _traces.Select(trace => trace.Duration).DefaultIfEmpty(1).Max();
        _fields = [.. Sample().SelectMany(span => span.Attributes).Select(tag => tag.Key).Distinct().Order(StringComparer.Ordinal)];
    }

    IEnumerable<Span> Sample() => _traces.Take(TracesSuggestedFrom).Select(trace => trace.Root);

    IEnumerable<string> Values(string field) => Sample().Select(span => SpanFields.Of(span, field)).OfType<string>().Distinct().Take(30);

    static string? Choice(ChangeEventArgs change) => string.IsNullOrEmpty(change.Value?.ToString()) ? null : change.Value.ToString();

    string Share(long duration) => (100.0 * duration / Math.Max(1, _longest)).ToString("0.##", CultureInfo.InvariantCulture);
}
