using System.Runtime;

namespace FlagCloud.Silo.Comparisons;

/// <summary>Measures what a run uses of this process, from its making to <see cref="Stop"/>. To be made within a turn of the grain that runs it.</summary>
sealed class UseMeter : IDisposable
{
    static readonly TimeSpan Period = TimeSpan.FromMilliseconds(50);

    // Set on a thread of the strategy's own while it waits. A thread that asks for the next download waits for the last one no more.
    [ThreadStatic]
    static Peak? blockedIn;

    readonly Instruments instruments;
    readonly ThreadGauge cpuParts = new();
    readonly Peak blocked = new();
    readonly TimeSpan pause = GC.GetTotalPauseDuration();
    readonly TaskScheduler turns = TaskScheduler.Current;
    readonly Timer heartbeat;
    readonly Lock gate = new();
    long blockedTicks, lastBeat = Stopwatch.GetTimestamp();
    Task turn = Task.CompletedTask;
    double turnLag, poolLag;
    int poolThreadsPeak = ThreadPool.ThreadCount;

    public UseMeter(Instruments instruments)
    {
        (this.instruments = instruments).CpuParts = cpuParts;
        heartbeat = new(_ => Beat(), null, Period, Period);
    }

    public ThreadGauge Callers { get; } = new(); // Who is in the strategy's own code.

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
        await heartbeat.DisposeAsync();
        Beat(); // Whoever was held up until now is seen, too.
        await turn;
        instruments.CpuParts = null;
        return new()
        {
            CallersAtOnce = Callers.AtOnce, CpuThreadsAtOnce = cpuParts.AtOnce, OwnThreads = Callers.OwnThreads, PoolThreadsPeak = poolThreadsPeak,
            BlockedAtOnce = blocked.Most, BlockedSeconds = TimeSpan.FromTicks(Interlocked.Read(ref blockedTicks)).TotalSeconds,
            TurnLagSeconds = turnLag, PoolLagSeconds = poolLag, LockWaitSeconds = lockWaitSeconds, GcPauseSeconds = (GC.GetTotalPauseDuration() - pause).TotalSeconds,
        };
    }

    public void Dispose() => heartbeat.Dispose();

    // On the thread pool, and each time it asks for a turn of the grain. What comes late waited for other code.
    void Beat()
    {
        lock (gate)
        {
            var now = Stopwatch.GetTimestamp();
            poolLag = Math.Max(poolLag, (Stopwatch.GetElapsedTime(lastBeat, now) - Period).TotalSeconds);
            poolThreadsPeak = Math.Max(poolThreadsPeak, ThreadPool.ThreadCount);
            lastBeat = now;
            if (turn.IsCompleted) turn = Task.Factory.StartNew(() => Turn(now), CancellationToken.None, TaskCreationOptions.None, turns);
        }
    }

    void Turn(long asked) => turnLag = Math.Max(turnLag, Stopwatch.GetElapsedTime(asked).TotalSeconds);
}

/// <summary>What this process has taken of the CPU, and how long the runtime has compiled: that goes on in the background, whoever caused it.</summary>
readonly record struct CpuReading(double TotalSeconds, double CompilationSeconds)
{
    public static CpuReading Now() => new(Environment.CpuUsage.TotalTime.TotalSeconds, JitInfo.GetCompilationTime().TotalSeconds);

    public CpuReading Since() => Now() is var now ? new(now.TotalSeconds - TotalSeconds, now.CompilationSeconds - CompilationSeconds) : default;
}
