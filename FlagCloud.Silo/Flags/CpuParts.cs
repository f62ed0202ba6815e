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
    public ValueTask<T> Here<T>(Func<T> part, FlagDownload download, CancellationToken cancellationToken) =>
        download.Order.InterpreterLock ? new(UnderLock(() => Task.FromResult(Measured(part)), download, cancellationToken)) : new(Measured(part));

    /// <summary>A part that keeps a core busy.</summary>
    public Task<T> OnWorker<T>(Func<T> part, FlagDownload download, CancellationToken cancellationToken) =>
        download.Order.InterpreterLock ? UnderLock(() => Work(part, download, cancellationToken), download, cancellationToken) : Work(part, download, cancellationToken);

    public void Dispose() => interpreter.Dispose();

    async Task<T> UnderLock<T>(Func<Task<T>> part, FlagDownload download, CancellationToken cancellationToken)
    {
        var asked = Stopwatch.GetTimestamp();
        try
        {
            await interpreter.WaitAsync(cancellationToken);
        }
        finally
        {
            download.WaitedForLock(Stopwatch.GetElapsedTime(asked).TotalSeconds);
        }
        try
        {
            return await part();
        }
        finally
        {
            interpreter.Release();
        }
    }

    Task<T> Work<T>(Func<T> part, FlagDownload download, CancellationToken cancellationToken) => workers.Run(
        worker =>
        {
            download.WorkedOn(worker);
            return Measured(part);
        },
        cancellationToken);

    T Measured<T>(Func<T> part)
    {
        using var region = instruments.CpuParts?.Enter();
        return part();
    }
}
