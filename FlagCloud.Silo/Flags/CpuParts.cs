using System.Collections.Concurrent;

namespace FlagCloud.Silo.Flags;

/// <summary>
/// Where the CPU part of a download runs, for every strategy alike: in the silo of the flag's grain; what takes microseconds (hashes) within
/// the grain's turn, what is CPU-bound on a <see cref="CpuWorkers">worker</see>. A strategy decides how many downloads are in flight, not how many cores
/// work on them. Under the interpreter lock each part holds it, and no wait for network or storage does.
/// </summary>
sealed class CpuParts(CpuWorkers workers, Instruments instruments) : IDisposable
{
    // One lock per process: what CPython's global interpreter lock is to its threads. SemaphoreSlim serves asynchronous waiters first come, first
    // served, and never lets a newcomer past them.
    readonly SemaphoreSlim interpreter = new(1, 1);

    /// <summary>A short part, done at once; without the lock nothing is waited for.</summary>
    public async ValueTask<T> Here<T>(Func<T> part, FlagDownload download, CancellationToken cancellationToken)
    {
        using var held = await Lock(download, cancellationToken);
        return Measured(part);
    }

    /// <summary>A part that keeps a core busy.</summary>
    public async ValueTask<T> OnWorker<T>(Func<T> part, FlagDownload download, CancellationToken cancellationToken)
    {
        using var held = await Lock(download, cancellationToken);
        return await workers.Run(
            worker =>
            {
                download.WorkedOn(worker);
                return Measured(part);
            },
            cancellationToken);
    }

    public void Dispose() => interpreter.Dispose();

    async ValueTask<Held> Lock(FlagDownload download, CancellationToken cancellationToken)
    {
        if (!download.Order.InterpreterLock) return default;
        var asked = Stopwatch.GetTimestamp();
        try
        {
            await interpreter.WaitAsync(cancellationToken);
            return new(interpreter);
        }
        finally
        {
            download.WaitedForLock(Stopwatch.GetElapsedTime(asked).TotalSeconds);
        }
    }

    T Measured<T>(Func<T> part)
    {
        using var region = instruments.CpuParts?.Enter();
        return part();
    }

    readonly struct Held(SemaphoreSlim? interpreter) : IDisposable
    {
        public void Dispose() => interpreter?.Release();
    }
}

/// <summary>A thread a core for CPU-bound work, first come, first served. On the thread pool it would keep the grains' turns waiting; more threads would be no faster.</summary>
sealed class CpuWorkers : TaskScheduler, IDisposable
{
    readonly BlockingCollection<Task> queue = [];

    public CpuWorkers()
    {
        for (var number = 1; number <= Environment.ProcessorCount; number++)
            new Thread(Work) { Name = $"worker {number}", IsBackground = true }.Start();
    }

    /// <param name="work">Gets its worker's name. What goes on after it goes back to whoever waits, never on with the worker.</param>
    public Task<T> Run<T>(Func<string, T> work, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(() => work(Thread.CurrentThread.Name!), cancellationToken, TaskCreationOptions.RunContinuationsAsynchronously, this);

    public void Dispose() => queue.CompleteAdding();

    protected override void QueueTask(Task task) => queue.Add(task);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => queue;

    void Work()
    {
        foreach (var task in queue.GetConsumingEnumerable()) TryExecuteTask(task);
    }
}
