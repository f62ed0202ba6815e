namespace FlagCloud.Silo.Flags;

/// <summary>One lock per process, handed over in the order of asking: what CPython's global interpreter lock is to its threads.</summary>
sealed class InterpreterLock : IDisposable
{
    // SemaphoreSlim serves asynchronous waiters first come, first served.
    readonly SemaphoreSlim gate = new(1, 1);

    /// <summary>Runs CPU-bound work while holding the lock.</summary>
    public async Task<T> Hold<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            return await work();
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();
}
