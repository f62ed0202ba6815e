using System.Diagnostics;
using FlagCloud.Contracts;
using FlagCloud.Silo.Telemetry;

namespace FlagCloud.Silo.Comparisons;

/// <summary>Measures what a run uses of this process, from its making to <see cref="Stop"/>. To be made within a turn of the grain that runs it.</summary>
sealed class UseMeter(CodeMeter code) : IDisposable
{
    readonly CodeMeter.Reading reading = code.Begin();
    readonly Heartbeat heartbeat = Heartbeat.Start();
    readonly int poolThreads = ThreadPool.ThreadCount;
    readonly (int Gen0, int Gen1, int Gen2) collections = Collections();
    readonly TimeSpan pause = GC.GetTotalPauseDuration();
    long blockedTicks;

    /// <summary>Distinct threads that ran the strategy's code.</summary>
    public int CallerThreads => reading.Callers.Threads;

    /// <summary>Notes for how long a thread of the strategy's own waits for a download. The thread pool's never do.</summary>
    public void Waits(Task download)
    {
        if (Thread.CurrentThread.IsThreadPoolThread || download.IsCompleted) return;
        var from = Stopwatch.GetTimestamp();
        _ = download.ContinueWith(
            _ => Interlocked.Add(ref blockedTicks, Stopwatch.GetElapsedTime(from).Ticks), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <param name="cpu">CPU time of the process during the run.</param>
    public async Task<ResourceUse> Stop(double elapsedSeconds, TimeSpan cpu, double lockWaitSeconds)
    {
        await heartbeat.Stop();
        code.End();
        var now = Collections();
        return new(
            cpu.TotalSeconds / elapsedSeconds,
            reading.Callers.AtOnce, reading.CpuParts.Threads, reading.CpuParts.AtOnce, reading.Any.AtOnce, reading.Callers.OwnThreads,
            TimeSpan.FromTicks(Interlocked.Read(ref blockedTicks)).TotalSeconds,
            now.Gen0 - collections.Gen0, now.Gen1 - collections.Gen1, now.Gen2 - collections.Gen2, (GC.GetTotalPauseDuration() - pause).TotalSeconds,
            poolThreads, heartbeat.PoolThreadsPeak, heartbeat.TurnLag, heartbeat.PoolLag, lockWaitSeconds);
    }

    public void Dispose() => heartbeat.Dispose();

    static (int Gen0, int Gen1, int Gen2) Collections() => (GC.CollectionCount(0), GC.CollectionCount(1), GC.CollectionCount(2));
}
