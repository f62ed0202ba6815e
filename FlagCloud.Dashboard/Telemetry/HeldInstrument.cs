namespace FlagCloud.Dashboard.Telemetry;

/// <summary>An instrument as the store grows it, under the store's lock.</summary>
internal sealed class HeldInstrument(InstrumentBatch first, TelemetryLimits limits)
{
    readonly Dictionary<string, HeldSeries> _series = new(StringComparer.Ordinal);

    public int PointCount => _series.Values.Sum(series => series.Points.Count);

    public PointFate Add(Tag[] attributes, MetricPoint point)
    {
        var key = SeriesKey(attributes);
        if (!_series.TryGetValue(key, out var series))
        {
            if (_series.Count >= limits.SeriesPerInstrument) return PointFate.Refused;
            _series[key] = series = new HeldSeries(attributes, new Ring<MetricPoint>(limits.PointsPerSeries));
        }
        return series.Add(point);
    }

    public Instrument Snapshot(long since) =>
        new(first.Key, first.Scope, first.Unit, first.Description, [.. _series.Values.Select(series => series.Snapshot(since))]);

    public IEnumerable<long> Times() => _series.Values.SelectMany(series => series.Points.Select(point => point.Time));

    public int RemoveBefore(long time)
    {
        var gone = 0;
        foreach (var (key, series) in _series.ToArray())
        {
            var old = series.CountBefore(time + 1);
            series.Points.RemoveOldest(old);
            gone += old;
            if (series.Points.Count == 0) _series.Remove(key);
        }
        return gone;
    }

    static string SeriesKey(Tag[] attributes) => attributes.Length switch
    {
        0 => "",
        1 => attributes[0].Key + "\u0001" + attributes[0].Text,
        _ => string.Join('\u0002', attributes.OrderBy(attribute => attribute.Key, StringComparer.Ordinal)
            .Select(attribute => attribute.Key + "\u0001" + attribute.Text)),
    };
}
