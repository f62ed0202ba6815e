using FlagCloud.Silo.Telemetry;

namespace FlagCloud.Silo.Flags;

/// <summary>
/// Where the CPU part of a download runs, for every strategy alike: in the silo of the flag's grain; what takes microseconds (hashes) within
/// the grain's turn, what is CPU-bound on a <see cref="CpuWorkers">worker</see>. A strategy decides how many downloads are in flight, not how many cores
/// work on them. Under the interpreter lock each part holds it, and no wait for network or storage does.
/// </summary>
sealed class CpuParts(InterpreterLock interpreter, CpuWorkers workers, Instruments instruments)
{
    /// <summary>A short part, done at once; without the lock nothing is waited for.</summary>
    public ValueTask<T> Here<T>(Func<T> part, CpuAccount account, CancellationToken cancellationToken) =>
        account.Locked ? HereUnderLock(part, account, cancellationToken) : new(Measured(part));

    /// <summary>A part that keeps a core busy.</summary>
    public async Task<T> OnWorker<T>(Func<T> part, CpuAccount account, CancellationToken cancellationToken)
    {
        if (!account.Locked) return await Work(part, account, cancellationToken);
        using var held = await interpreter.Hold(account, cancellationToken);
        return await Work(part, account, cancellationToken);
    }

    async ValueTask<T> HereUnderLock<T>(Func<T> part, CpuAccount account, CancellationToken cancellationToken)
    {
        using var held = await interpreter.Hold(account, cancellationToken);
        return Measured(part);
    }

    Task<T> Work<T>(Func<T> part, CpuAccount account, CancellationToken cancellationToken) => workers.Run(
        worker =>
        {
            account.WorkedOn = worker;
            return Measured(part);
        },
        cancellationToken);

    T Measured<T>(Func<T> part)
    {
        using var region = instruments.Code.EnterCpuPart();
        return part();
    }
}
