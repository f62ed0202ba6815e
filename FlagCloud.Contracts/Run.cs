namespace FlagCloud.Contracts;

/// <summary>One strategy over all countries, once. Requested = Ok + NotModified + NotFound + Errors + Cancelled, always.</summary>
public sealed record Run : OfTrial
{
    /// <summary>0 is the warm-up; measured rounds count from 1.</summary>
    public required int Round { get; init; }
    public required bool Warmup { get; init; }
    public required double ElapsedSeconds { get; init; }
    public required int Requested { get; init; }
    public int Ok { get; init; }
    public int NotModified { get; init; }
    public int NotFound { get; init; }
    public int Errors { get; init; }
    public int Cancelled { get; init; }
    /// <summary>Of the flags that are OK, as the origin sent them.</summary>
    public long Bytes { get; init; }
    /// <summary>HTTP requests to the origin, retries included.</summary>
    public int Attempts { get; init; }
    /// <summary>Most downloads in flight at once, as the strategy's own side counted.</summary>
    public int PeakInFlight { get; init; }
    /// <summary>Most requests in flight at once, as the origin counted; null for a foreign origin.</summary>
    public int? OriginPeakInFlight { get; init; }
    /// <summary>
    /// Distinct threads that ran the strategy's code, one after the other or at once: a grain's turns hop between the thread pool's threads, one at a time.
    /// <see cref="ResourceUse.CallersAtOnce"/> is how many did so at the same instant, <see cref="ResourceUse.BlockedAtOnce"/> how many were blocked.
    /// </summary>
    public int ThreadsUsed { get; init; }
    /// <summary>CPU time of the controller's silo during the run, whatever it was spent on.</summary>
    public double ProcessCpuSeconds { get; init; }
    /// <summary>Time that the runtime compiled code during the run, in the background mostly: it was not the run that caused it. By the clock, since no CPU time is told.</summary>
    public double CompilationSeconds { get; init; }
    /// <summary>CPU time that the silo would have taken anyway (membership, telemetry, the measuring), at the rate of a quiet second before round 1; 0 without a warm-up.</summary>
    public double BackgroundCpuSeconds { get; init; }
    /// <summary>
    /// CPU time that the run caused: without <see cref="CompilationSeconds"/> and <see cref="BackgroundCpuSeconds"/>. Null where nothing is left, or compilation took more
    /// than half: on a busy machine a clock runs faster than CPU time, and what is left would say more about that than about the run.
    /// </summary>
    public double? CpuSeconds => ProcessCpuSeconds - CompilationSeconds - BackgroundCpuSeconds is > 0 and var caused && CompilationSeconds <= ProcessCpuSeconds / 2 ? caused : null;
    /// <summary>Lower bound max(longest, sum / limit) over the origin's own delays.</summary>
    public double IdealSeconds { get; init; }
    /// <summary>Whether a silo was lost in the middle: the outcomes stand, the times say nothing and are left out of the summary.</summary>
    public bool Interrupted { get; init; }
    /// <summary>Null where it was not to be measured.</summary>
    public ResourceUse? Use { get; init; }
    /// <summary>Null where no download finished.</summary>
    public ResultOrder? Order { get; init; }
    /// <summary>Null where no flag was stored.</summary>
    public PhaseSeconds? Phases { get; init; }
    /// <summary>The trace that is this run, 32 hex digits; null where nothing listens.</summary>
    public string? TraceId { get; init; }
    /// <summary>Whether its times say something: the one rule for what counts.</summary>
    [JsonIgnore] public bool Counts => this is { Warmup: false, Cancelled: 0, Interrupted: false };
    /// <summary>Flags that are stored and current.</summary>
    [JsonIgnore] public int Good => Ok + NotModified;
    /// <summary>Good flags a second.</summary>
    [JsonIgnore] public double Goodput => Good / ElapsedSeconds;
    /// <summary>Share of the requested flags that are good, 0 to 1.</summary>
    [JsonIgnore] public double SuccessRate => (double)Good / Requested;
}

/// <summary>What a run took of the controller's silo, as measured there.</summary>
public sealed record ResourceUse
{
    /// <summary>Most threads that were inside the strategy's own code at the same instant; 1 means that it never ran in parallel.</summary>
    public required int CallersAtOnce { get; init; }
    /// <summary>Most threads that were inside the CPU part of a download (hash, compression) at the same instant.</summary>
    public required int CpuThreadsAtOnce { get; init; }
    /// <summary>Threads that the strategy brought with it; the others are the thread pool's.</summary>
    public required int OwnThreads { get; init; }
    /// <summary>Most threads that were blocked on a download at the same instant.</summary>
    public int BlockedAtOnce { get; init; }
    /// <summary>Time that threads spent blocked on a download, summed up.</summary>
    public required double BlockedSeconds { get; init; }
    public required double GcPauseSeconds { get; init; }
    /// <summary>Most threads of the thread pool, looked at every 50 ms.</summary>
    public required int PoolThreadsPeak { get; init; }
    /// <summary>How long the controller's grain took to begin a turn, at worst; it is asked for one every 50 ms.</summary>
    public required double TurnLagSeconds { get; init; }
    /// <summary>How late a 50 ms heartbeat on the thread pool came, at worst.</summary>
    public required double PoolLagSeconds { get; init; }
    /// <summary>Time that CPU parts waited for the interpreter lock, summed up over the flags.</summary>
    public required double LockWaitSeconds { get; init; }
}

/// <summary>When results came, and in which order. Only futures that finished count. Seconds from the run's start.</summary>
/// <param name="RankCorrelation">Spearman's, of the order of completion with the order of submission: 1 is the same order; null for fewer than two.</param>
/// <param name="FirstSeconds">When the first result was there, taken as completed.</param>
/// <param name="MiddleSeconds">When half of them were.</param>
/// <param name="LastSeconds">When all of them were.</param>
/// <param name="FirstInOrderSeconds">When the first result is handed on by who takes them in the order of submission, as a map does.</param>
/// <param name="MiddleInOrderSeconds">When half of them are.</param>
public sealed record ResultOrder(
    double? RankCorrelation, double FirstSeconds, double MiddleSeconds, double LastSeconds, double FirstInOrderSeconds, double MiddleInOrderSeconds);

/// <summary>What a stored flag spent its time on: means over the run, seconds.</summary>
/// <param name="Queued">From the run's start, when all are submitted, to its own.</param>
/// <param name="Waiting">To the response's headers, retries included.</param>
/// <param name="Work">CPU-bound work, the wait for its worker and for the interpreter lock included.</param>
/// <param name="Storing">The upload, the wait for its place included.</param>
public sealed record PhaseSeconds(double Queued, double Waiting, double Body, double Work, double Storing);
