using FlagCloud.Dashboard.Telemetry;

namespace FlagCloud.Dashboard.Queries;

/// <summary>The series of one value of a tag, brought together step by step.</summary>
internal sealed class GroupSeries(string name, MetricQuery query)
{
    readonly Distribution?[] _spread = new Distribution?[query.Steps];
    readonly double?[] _added = new double?[query.Steps];
    readonly List<(double?[] Values, bool IsGauge)> _levels = [];
    readonly List<SummaryPoint?[]> _summaries = [];
    InstrumentKind _kind;
    int _series;

    public string Name => name;
    public List<Exemplar> Exemplars { get; } = [];

    public void Add(InstrumentKey key, MetricSeries series)
    {
        _kind = key.Kind;
        _series++;
        Exemplars.AddRange(series.Points.SelectMany(point => point.Exemplars)
            .Where(exemplar => !exemplar.TraceId.IsNone && exemplar.Time >= query.From && exemplar.Time < query.To));
        if (key.Kind == InstrumentKind.Gauge || (key.Kind == InstrumentKind.Sum && !key.IsMonotonic))
            _levels.Add((Levels(series, key), key.Kind == InstrumentKind.Gauge));
        else if (key.Kind == InstrumentKind.Summary)
            _summaries.Add(Carried<SummaryPoint, SummaryPoint?>(series, point => point));
        else
            AddDeltas(key, series);
    }

    public double?[] Values(Aggregate aggregate) => aggregate switch
    {
        Aggregate.Value => Combined(),
        Aggregate.Total when _kind == InstrumentKind.Sum => Running(),
        Aggregate.Rate when _kind == InstrumentKind.Sum => Each(step => _added[step] / Seconds),
        Aggregate.Rate => Each(step => _spread[step]?.Count / Seconds),
        Aggregate.Count => Each(step => _spread[step]?.Count),
        Aggregate.Mean => Each(step => _spread[step]?.Mean),
        _ when _kind == InstrumentKind.Summary => Each(step => OfSummaries(step, aggregate.Quantile() ?? 0.5)),
        _ => Each(step => _spread[step]?.Quantile(aggregate.Quantile() ?? 0.5)),
    };

    public MetricGroup Totals()
    {
        var group = new MetricGroup(name.Length > 0 ? name : "all", _series);
        switch (_kind)
        {
            case InstrumentKind.Sum when _levels.Count == 0:
                var total = _added.Sum(value => value ?? 0);
                return group with { Total = total, Rate = total / ((query.To - query.From) / (double)UnixNano.PerSecond) };
            case InstrumentKind.Sum or InstrumentKind.Gauge:
                var levels = Combined();
                return group with { Last = Latest(levels), Mean = levels.Average(), Max = levels.Max() };
            case InstrumentKind.Summary:
                return group with { P50 = Latest(Values(Aggregate.P50)), P90 = Latest(Values(Aggregate.P90)), P99 = Latest(Values(Aggregate.P99)) };
            default:
                var all = new Distribution();
                foreach (var spread in _spread)
                    if (spread is not null) all.Add(spread);
                return group with
                {
                    Count = all.Count,
                    Rate = all.Count / ((query.To - query.From) / (double)UnixNano.PerSecond),
                    Mean = all.Mean,
                    P50 = all.Quantile(0.5),
                    P90 = all.Quantile(0.9),
                    P99 = all.Quantile(0.99),
                    Max = all.Count > 0 && double.IsFinite(all.Max) ? all.Max : null,
                };
        }
    }

    static double? Latest(double?[] values) => values.LastOrDefault(value => value is not null);

    double Seconds => query.Step / (double)UnixNano.PerSecond;

    void AddDeltas(InstrumentKey key, MetricSeries series)
    {
        MetricPoint? before = null;
        foreach (var point in series.Points)
        {
            if (Step(point.Time) is { } step)
                if (point is NumberPoint number)
                    _added[step] = (_added[step] ?? 0) + PointDeltas.Number(number, before as NumberPoint, key.Temporality);
                else if (PointDeltas.Histogram(point, before, key.Temporality) is { Count: > 0 } delta)
                    (_spread[step] ??= new Distribution()).Add(delta);
            before = point;
        }
    }

    // A sum of deltas that may fall again is a level only when it is added up.
    double?[] Levels(MetricSeries series, InstrumentKey key)
    {
        var level = 0.0;
        return Carried<NumberPoint, double?>(series, point => key.Temporality == Temporality.Delta ? level += point.Value : point.Value);
    }

    // The value of a step is the last one in it; one without a point has the value before, since what does not change is not kept.
    T?[] Carried<TPoint, T>(MetricSeries series, Func<TPoint, T> value) where TPoint : MetricPoint
    {
        var values = new T?[query.Steps];
        if (series.Points.Count == 0) return values;
        var next = 0;
        T? current = default;
        for (var step = 0; step < query.Steps; step++)
        {
            var end = query.From + query.Step * (step + 1);
            for (; next < series.Points.Count && series.Points[next].Time < end; next++)
                current = value((TPoint)series.Points[next]);
            values[step] = series.Points[^1].Time >= end - query.Step ? current : default;
        }
        return values;
    }

    double?[] Combined() => Each(step =>
    {
        var present = _levels.Where(level => level.Values[step] is not null).ToList();
        if (present.Count == 0) return null;
        return present[0].IsGauge ? present.Average(level => level.Values[step]!.Value) : present.Sum(level => level.Values[step]!.Value);
    });

    double?[] Running()
    {
        double? total = null;
        return Each(step => total = _added[step] is { } added ? (total ?? 0) + added : total);
    }

    double? OfSummaries(int step, double share)
    {
        var values = _summaries.Select(summary => summary[step]).OfType<SummaryPoint>().Where(point => point.Quantiles.Length > 0)
            .Select(point => point.Quantiles.MinBy(quantile => Math.Abs(quantile.Quantile - share)).Value).ToList();
        return values.Count > 0 ? values.Average() : null;
    }

    int? Step(long time) => time >= query.From && time < query.To ? (int)Math.Min(query.Steps - 1, (time - query.From) / query.Step) : null;

    double?[] Each(Func<int, double?> value)
    {
        var values = new double?[query.Steps];
        for (var step = 0; step < values.Length; step++)
            values[step] = value(step);
        return values;
    }
}
