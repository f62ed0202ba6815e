namespace FlagCloud.Dashboard.Telemetry;

/// <summary>The logs that are held, in order of arrival.</summary>
public sealed class LogStore(TelemetryLimits limits)
{
    readonly Lock _lock = new();
    readonly Ring<LogEntry> _entries = new(limits.Logs);
    long _received;
    long _evicted;

    public Held Entries { get { lock (_lock) return new(_entries.Count, _evicted, limits.Logs); } }

    internal void Add(IReadOnlyList<LogEntry> entries)
    {
        lock (_lock)
            foreach (var entry in entries)
                if (_entries.Add(entry with { Number = ++_received }))
                    _evicted++;
    }

    public IReadOnlyList<LogEntry> Where(Func<LogEntry, bool> condition)
    {
        LogEntry[] held;
        lock (_lock)
            held = [.. _entries];
        return Array.FindAll(held, entry => condition(entry));
    }

    public IReadOnlyList<LogEntry> OfTrace(TraceId trace) => Where(entry => entry.TraceId == trace);

    public void Remove(Func<TelemetryResource, bool> of)
    {
        lock (_lock)
            _entries.RemoveWhere(entry => of(entry.Resource));
    }
}
