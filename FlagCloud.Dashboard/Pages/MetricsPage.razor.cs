using FlagCloud.Dashboard.Queries;
using FlagCloud.Dashboard.Telemetry;
using Microsoft.AspNetCore.Components;

namespace FlagCloud.Dashboard.Pages;

public sealed partial class MetricsPage
{
    IReadOnlyList<IGrouping<string, InstrumentKey>> _meters = [];
    IReadOnlyList<FieldFilter> _filters = [];
    MetricChart? _chart;
    string? _groupBy;
    (long From, long To) _window;

    [SupplyParameterFromQuery] public string? Text { get; set; }
    [SupplyParameterFromQuery] public string? Resource { get; set; }
    [SupplyParameterFromQuery] public string? Meter { get; set; }
    [SupplyParameterFromQuery] public string? Name { get; set; }
    [SupplyParameterFromQuery] public string? By { get; set; }
    [SupplyParameterFromQuery] public string? Show { get; set; }
    [SupplyParameterFromQuery] public string? Filter { get; set; }
    [SupplyParameterFromQuery(Name = "window")] public string? WindowText { get; set; }

    [Inject] TimeProvider Time { get; set; } = null!;

    // What is kept lies in the past; its window is all of it unless one is asked for.
    string Window => WindowText ?? (Data?.IsLive == false ? MetricWindow.Everything : MetricWindow.Default);

    protected override void Load()
    {
        _meters = [.. Store.Metrics.Keys()
            .Where(key => ResourceChoice.Admits(Resource, key.Resource) && key.Name.Contains(Text ?? "", StringComparison.OrdinalIgnoreCase))
            .DistinctBy(key => (key.Meter, key.Name))
            .OrderBy(key => key.Name, StringComparer.Ordinal)
            .GroupBy(key => key.Meter)
            .OrderByDescending(meter => meter.Key.StartsWith(Options.ApplicationName, StringComparison.Ordinal)).ThenBy(meter => meter.Key, StringComparer.Ordinal)];
        _chart = null;
        if (Name is null) return;
        _filters = FilterAddress.Read(Filter);
        _window = FindWindow();
        var query = new MetricQuery(Meter ?? "", Name)
        {
            Resource = Resource,
            From = _window.From,
            To = _window.To,
            Filters = _filters,
            Aggregate = Enum.TryParse<Aggregate>(Show, out var aggregate) ? aggregate : null,
            GroupBy = By == "none" ? null : By,
        };
        _chart = query.Run(Store.Metrics);
        _groupBy = query.GroupBy;
        if (By is null && _chart is not null && Options.GroupingTags.FirstOrDefault(_chart.Tags.ContainsKey) is { } tag)
        {
            _groupBy = tag;
            _chart = (query with { GroupBy = tag }).Run(Store.Metrics);
        }
    }

    // The end lies on a step, so that a live chart moves by whole steps and its bars do not flicker.
    (long From, long To) FindWindow()
    {
        var now = UnixNano.Of(Time.GetUtcNow());
        if (MetricWindow.Find(Window) is { } span)
        {
            var length = (long)(span.TotalSeconds * UnixNano.PerSecond);
            var step = length / new MetricQuery("", "") { From = 0, To = length }.Steps;
            var end = (now / step + 1) * step;
            return (end - length, end);
        }
        var times = Store.Metrics.Read(key => key.Meter == (Meter ?? "") && key.Name == Name)
            .SelectMany(instrument => instrument.Series).Where(series => series.Points.Count > 0).ToList();
        if (times.Count == 0) return (now - 60 * UnixNano.PerSecond, now);
        var from = times.Min(series => series.Points[0].Time);
        return (from, Math.Max(from + 60 * UnixNano.PerSecond, times.Max(series => series.Points[^1].Time) + 1));
    }

    static string KindText(InstrumentKey key) => key.Kind switch
    {
        InstrumentKind.Sum => key.IsMonotonic ? "counter" : "level",
        InstrumentKind.ExponentialHistogram or InstrumentKind.Histogram => "histogram",
        InstrumentKind.Summary => "summary",
        _ => "gauge",
    };
}
