namespace FlagCloud.Dashboard.Telemetry;

/// <summary>The instruments that are held, each with its series of points.</summary>
public sealed class MetricStore(TelemetryLimits limits)
{
    readonly Lock _lock = new();
    readonly Dictionary<InstrumentKey, HeldInstrument> _instruments = [];
    long _points;
    long _evicted;

    public Held Points { get { lock (_lock) return new(_points, _evicted, limits.Points); } }

    /// <summary>The points that did not fit: a new series or instrument beyond the limits.</summary>
    internal int Add(InstrumentBatch batch)
    {
        lock (_lock)
        {
            if (!_instruments.TryGetValue(batch.Key, out var instrument))
            {
                if (_instruments.Count >= limits.Instruments) return batch.Points.Count;
                _instruments[batch.Key] = instrument = new HeldInstrument(batch, limits);
            }
            var refused = 0;
            foreach (var (attributes, point) in batch.Points)
                switch (instrument.Add(attributes, point))
                {
                    case PointFate.Added: _points++; break;
                    case PointFate.AddedForOldest: _evicted++; break;
                    case PointFate.Refused: refused++; break;
                }
            if (_points > limits.Points) EvictOldest();
            return refused;
        }
    }

    public IReadOnlyList<InstrumentKey> Keys()
    {
        lock (_lock)
            return [.. _instruments.Keys];
    }

    /// <summary>The instruments with these keys and their points since a time; what is older stays out, but for the point before it.</summary>
    public IReadOnlyList<Instrument> Read(Func<InstrumentKey, bool> which, long since = 0)
    {
        lock (_lock)
            return [.. _instruments.Where(entry => which(entry.Key)).Select(entry => entry.Value.Snapshot(since))];
    }

    public void Remove(Func<TelemetryResource, bool> of)
    {
        lock (_lock)
            foreach (var key in _instruments.Keys.Where(key => of(key.Resource)).ToArray())
                if (_instruments.Remove(key, out var instrument))
                    _points -= instrument.PointCount;
    }

    // A tenth more than needed, so that not every request has to look for the oldest.
    void EvictOldest()
    {
        var times = _instruments.Values.SelectMany(instrument => instrument.Times()).ToArray();
        Array.Sort(times);
        var cut = times[(int)(_points - limits.Points) + limits.Points / 10];
        var gone = _instruments.Values.Sum(instrument => instrument.RemoveBefore(cut));
        _points -= gone;
        _evicted += gone;
    }
}
