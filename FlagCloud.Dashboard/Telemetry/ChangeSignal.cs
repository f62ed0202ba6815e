namespace FlagCloud.Dashboard.Telemetry;

/// <summary>
/// Tells pages that something changed, at most once an interval however much comes in. Nothing runs while nothing changes.
/// </summary>
public sealed class ChangeSignal(TimeProvider time, TimeSpan interval)
{
    readonly Lock _lock = new();
    readonly List<Action> _subscribers = [];
    long _version;
    bool _armed;

    /// <summary>Grows with every change.</summary>
    public long Version => Interlocked.Read(ref _version);

    public void Raise()
    {
        Interlocked.Increment(ref _version);
        lock (_lock)
        {
            if (_armed || _subscribers.Count == 0) return;
            _armed = true;
        }
        _ = TellAfterIntervalAsync();
    }

    public IDisposable Subscribe(Action changed)
    {
        lock (_lock)
            _subscribers.Add(changed);
        return new Subscription(this, changed);
    }

    async Task TellAfterIntervalAsync()
    {
        await Task.Delay(interval, time);
        Action[] subscribers;
        lock (_lock)
        {
            _armed = false;
            subscribers = [.. _subscribers];
        }
        foreach (var changed in subscribers)
            changed();
    }

    sealed class Subscription(ChangeSignal signal, Action changed) : IDisposable
    {
        public void Dispose()
        {
            lock (signal._lock)
                signal._subscribers.Remove(changed);
        }
    }
}
