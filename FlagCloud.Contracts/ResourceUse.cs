namespace FlagCloud.Contracts;

/// <summary>What a run took of the controller's silo, as measured there.</summary>
/// <param name="Parallelism">CPU seconds by elapsed seconds: how many cores it kept busy on average.</param>
/// <param name="CallersAtOnce">Most threads that were inside the strategy's own code at the same instant; 1 means that it never ran in parallel.</param>
/// <param name="CpuThreads">Distinct threads that ran the CPU parts of downloads (hashes, compression).</param>
/// <param name="CpuThreadsAtOnce">Most threads that were inside a CPU part at the same instant.</param>
/// <param name="ThreadsAtOnce">Most threads that were inside either at the same instant.</param>
/// <param name="OwnThreads">Threads that the strategy brought with it; the others are the thread pool's.</param>
/// <param name="BlockedSeconds">Time that those threads spent blocked on a download, summed up.</param>
/// <param name="Gen0Collections">Garbage collections of each generation; a collection of one generation counts for the younger ones, too.</param>
/// <param name="PoolThreads">Threads of the thread pool at the start.</param>
/// <param name="PoolThreadsPeak">Most threads of the thread pool, looked at every 10 ms.</param>
/// <param name="TurnLagSeconds">How late a 10 ms heartbeat on the controller's own turns came, at worst.</param>
/// <param name="PoolLagSeconds">How late a 10 ms heartbeat on the thread pool came, at worst.</param>
/// <param name="LockWaitSeconds">Time that CPU parts waited for the interpreter lock, summed up over the flags.</param>
[GenerateSerializer, Immutable, Alias("FlagCloud.ResourceUse")]
public sealed record ResourceUse(
    [property: Id(0)] double Parallelism,
    [property: Id(1)] int CallersAtOnce,
    [property: Id(2)] int CpuThreads,
    [property: Id(3)] int CpuThreadsAtOnce,
    [property: Id(4)] int ThreadsAtOnce,
    [property: Id(5)] int OwnThreads,
    [property: Id(6)] double BlockedSeconds,
    [property: Id(7)] int Gen0Collections,
    [property: Id(8)] int Gen1Collections,
    [property: Id(9)] int Gen2Collections,
    [property: Id(10)] double GcPauseSeconds,
    [property: Id(11)] int PoolThreads,
    [property: Id(12)] int PoolThreadsPeak,
    [property: Id(13)] double TurnLagSeconds,
    [property: Id(14)] double PoolLagSeconds,
    [property: Id(15)] double LockWaitSeconds);
