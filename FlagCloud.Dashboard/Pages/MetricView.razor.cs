using FlagCloud.Components.Charts;
using FlagCloud.Dashboard.Queries;
using FlagCloud.Dashboard.Telemetry;
using Microsoft.AspNetCore.Components;

namespace FlagCloud.Dashboard.Pages;

/// <summary>An instrument: its chart and, below it, what each group amounts to over the window.</summary>
public sealed partial class MetricView
{
    [Parameter, EditorRequired] public MetricChart Chart { get; set; } = null!;
    [Parameter] public string? GroupBy { get; set; }
    [Parameter] public IReadOnlyList<FieldFilter> Filters { get; set; } = [];
    [Parameter] public (long From, long To) Window { get; set; }
    [Parameter] public EventCallback<string?> GroupByChanged { get; set; }
    [Parameter] public EventCallback<string?> AggregateChanged { get; set; }
    [Parameter] public EventCallback<IReadOnlyList<FieldFilter>> FiltersChanged { get; set; }
    [Parameter, EditorRequired] public Func<ChartExemplar, string> TraceLink { get; set; } = null!;

    string Unit => Chart.Aggregate is Aggregate.Count or Aggregate.Rate && IsHistogram ? "" : Chart.Instrument.Unit;

    bool IsHistogram => Chart.Instrument.Key.Kind is InstrumentKind.Histogram or InstrumentKind.ExponentialHistogram;

    // A value has its place only where values are drawn.
    bool ShowsValues => Chart.Aggregate is not (Aggregate.Count or Aggregate.Rate or Aggregate.Total);

    List<ChartLine> Lines() => [.. Chart.Lines.Select((line, index) =>
        Chart.Groups.Count > 1 ? new ChartLine(line.Name, line.Group, line.Values) : new ChartLine(line.Name, index, line.Values))];

    List<ChartMark> Marks() => !ShowsValues ? [] : [.. Chart.Exemplars.Select(exemplar => new ChartMark(
        (exemplar.Time - Window.From) / (double)(Window.To - Window.From), exemplar.Value, Chart.Groups.Count > 1 ? exemplar.Group : 7,
        $"{Quantity.Text(exemplar.Value, Chart.Instrument.Unit)} {Chart.Groups[exemplar.Group].Name}: open its trace", TraceLink(exemplar)))];

    IEnumerable<(string Name, Func<MetricGroup, string> Text)> Columns() => Chart.Instrument.Key.Kind switch
    {
        InstrumentKind.Histogram or InstrumentKind.ExponentialHistogram =>
        [
            ("Count", group => Quantity.Text(group.Count, "")), ("Per second", group => Quantity.Text(group.Rate, "")), Value("Mean", group => group.Mean),
            Value("P50", group => group.P50), Value("P90", group => group.P90), Value("P99", group => group.P99), Value("Max", group => group.Max),
        ],
        InstrumentKind.Sum when Chart.Instrument.Key.IsMonotonic => [Value("Total", group => group.Total), Value("Per second", group => group.Rate)],
        InstrumentKind.Summary => [Value("P50", group => group.P50), Value("P90", group => group.P90), Value("P99", group => group.P99)],
        _ => [Value("Last", group => group.Last), Value("Mean", group => group.Mean), Value("Max", group => group.Max)],
    };

    (string, Func<MetricGroup, string>) Value(string name, Func<MetricGroup, double?> value) => (name, group => Quantity.Text(value(group), Chart.Instrument.Unit));
}
