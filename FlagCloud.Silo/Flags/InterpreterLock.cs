using System.Diagnostics;

namespace FlagCloud.Silo.Flags;

/// <summary>One lock per process, handed over in the order of asking: what CPython's global interpreter lock is to its threads.</summary>
sealed class InterpreterLock : IDisposable
{
    // SemaphoreSlim serves asynchronous waiters first come, first served, and never lets a newcomer past them.
    readonly SemaphoreSlim gate = new(1, 1);

    /// <summary>Waits for the lock; whoever has it must dispose of what is returned before waiting for anything else.</summary>
    /// <param name="account">Is charged with the wait.</param>
    public async ValueTask<Held> Hold(CpuAccount account, CancellationToken cancellationToken)
    {
        var asked = Stopwatch.GetTimestamp();
        try
        {
            await gate.WaitAsync(cancellationToken);
        }
        finally
        {
            account.LockWaitSeconds += Stopwatch.GetElapsedTime(asked).TotalSeconds;
        }
        return new(gate);
    }

    public void Dispose() => gate.Dispose();

    public readonly struct Held(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
