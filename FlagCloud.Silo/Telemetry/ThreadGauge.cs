using System.Collections.Concurrent;

namespace FlagCloud.Silo.Telemetry;

/// <summary>Counts the threads that are inside a region of code: how many at once at most, and which in all.</summary>
sealed class ThreadGauge
{
    // A region within a region is the same code on the same thread: it counts once.
    [ThreadStatic]
    static bool inside;

    readonly ConcurrentDictionary<int, bool> threads = [];
    readonly Peak peak = new();

    public int AtOnce => peak.Most;
    public int Threads => threads.Count;
    public int OwnThreads => threads.Count(thread => !thread.Value); // Those that are not the thread pool's.

    /// <summary>To be left on the same thread, before any wait.</summary>
    public Region Enter()
    {
        if (inside) return default;
        inside = true;
        threads.TryAdd(Environment.CurrentManagedThreadId, Thread.CurrentThread.IsThreadPoolThread);
        peak.Enter();
        return new(peak);
    }

    public readonly struct Region(Peak? peak) : IDisposable
    {
        public void Dispose()
        {
            if (peak is null) return;
            inside = false;
            peak.Exit();
        }
    }
}

/// <summary>Counts how many are inside at once, at most.</summary>
sealed class Peak
{
    int inside, most;

    public int Most => Volatile.Read(ref most);

    public void Enter()
    {
        var now = Interlocked.Increment(ref inside);
        for (var seen = most; now > seen; seen = most)
            if (Interlocked.CompareExchange(ref most, now, seen) == seen) return;
    }

    public void Exit() => Interlocked.Decrement(ref inside);
}
