namespace FlagCloud.Silo.Comparisons;

/// <summary>Measures what a run uses of this process, from its making to <see cref="Stop"/>. To be made within a turn of the grain that runs it.</summary>
sealed class UseMeter(CodeMeter code) : IDisposable
{
    readonly CodeMeter.Reading reading = code.Begin();
    readonly Heartbeat heartbeat = new();
    readonly TimeSpan pause = GC.GetTotalPauseDuration();
    readonly Peak blocked = new();

    // Set on a thread of the strategy's own while it waits. A thread that asks for the next download waits for the last one no more.
    [ThreadStatic]
    static Peak? blockedIn;

    long blockedTicks;

    /// <summary>Distinct threads that ran the strategy's code.</summary>
    public int CallerThreads => reading.Callers.Threads;

    /// <summary>A thread asks for a download.</summary>
    public static void Asks()
    {
        blockedIn?.Exit();
        blockedIn = null;
    }

    /// <summary>Notes that a thread of the strategy's own waits for a download, and for how long. The thread pool's never do.</summary>
    public void Waits(Task download)
    {
        if (Thread.CurrentThread.IsThreadPoolThread || download.IsCompleted) return;
        var from = Stopwatch.GetTimestamp();
        (blockedIn = blocked).Enter();
        _ = download.ContinueWith(
            _ => Interlocked.Add(ref blockedTicks, Stopwatch.GetElapsedTime(from).Ticks),
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    public async Task<ResourceUse> Stop(double lockWaitSeconds)
    {
        await heartbeat.Stop();
        code.End();
        return new()
        {
            CallersAtOnce = reading.Callers.AtOnce,
            CpuThreadsAtOnce = reading.CpuParts.AtOnce,
            OwnThreads = reading.Callers.OwnThreads,
            BlockedAtOnce = blocked.Most,
            BlockedSeconds = TimeSpan.FromTicks(Interlocked.Read(ref blockedTicks)).TotalSeconds,
            GcPauseSeconds = (GC.GetTotalPauseDuration() - pause).TotalSeconds,
            PoolThreadsPeak = heartbeat.PoolThreadsPeak,
            TurnLagSeconds = heartbeat.TurnLag,
            PoolLagSeconds = heartbeat.PoolLag,
            LockWaitSeconds = lockWaitSeconds,
        };
    }

    public void Dispose() => heartbeat.Dispose();
}
