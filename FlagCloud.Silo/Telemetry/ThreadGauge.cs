using System.Collections.Concurrent;

namespace FlagCloud.Silo.Telemetry;

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

/// <summary>Counts the threads that are inside a region of code: how many at once at most, and which in all.</summary>
sealed class ThreadGauge
{
    readonly ConcurrentDictionary<int, bool> threads = [];
    readonly Peak peak = new();

    /// <summary>Most at the same instant.</summary>
    public int AtOnce => peak.Most;

    /// <summary>Distinct ones.</summary>
    public int Threads => threads.Count;

    /// <summary>Distinct ones that are not the thread pool's.</summary>
    public int OwnThreads => threads.Count(thread => !thread.Value);

    public void Enter()
    {
        threads.TryAdd(Environment.CurrentManagedThreadId, Thread.CurrentThread.IsThreadPoolThread);
        peak.Enter();
    }

    public void Exit() => peak.Exit();
}
