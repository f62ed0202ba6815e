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

    (long From, long To) FindWindow()
    {
        var now = UnixNano.Of(Time.GetUtcNow());
        if (MetricWindow.Find(Window) is { } span) return WholeSteps(now, Nanos(span));
        var series = Store.Metrics.Read(key => key.Meter == (Meter ?? "") && key.Name == Name)
            .SelectMany(instrument => instrument.Series).Where(series => series.Points.Count > 0).ToList();
        var first = series.Select(one => one.Points[0].Time).DefaultIfEmpty(now).Min();
        if (Window == MetricWindow.Default)
            return WholeSteps(now, Math.Clamp(now - first + UnixNano.PerSecond, Nanos(TimeSpan.FromMinutes(1)), Nanos(MetricWindow.DefaultLength)));
        return (first, Math.Max(first + Nanos(TimeSpan.FromMinutes(1)), series.Select(one => one.Points[^1].Time).DefaultIfEmpty(now).Max() + 1));
    }

    // It ends on a step, of whole seconds, so that a live chart moves by whole steps and its lines do not flicker.
    static (long From, long To) WholeSteps(long now, long length)
    {
        var steps = new MetricQuery("", "") { From = 0, To = 1 }.Steps;
        var step = Math.Max(1, (length / steps + UnixNano.PerSecond - 1) / UnixNano.PerSecond) * UnixNano.PerSecond;
        var end = (now / step + 1) * step;
        return (end - step * steps, end);
    }

    static long Nanos(TimeSpan span) => (long)(span.TotalSeconds * UnixNano.PerSecond);

    static string KindText(InstrumentKey key) => key.Kind switch
    {
        InstrumentKind.Sum => key.IsMonotonic ? "counter" : "level",
        InstrumentKind.ExponentialHistogram or InstrumentKind.Histogram => "histogram",
        InstrumentKind.Summary => "summary",
        _ => "gauge",
    };
}
