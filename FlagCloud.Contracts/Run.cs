namespace FlagCloud.Contracts;

/// <summary>One strategy over all countries, once. Requested = Ok + NotModified + NotFound + Errors + Cancelled, always.</summary>
/// <param name="Round">0 is the warm-up; measured rounds count from 1.</param>
/// <param name="Bytes">Bytes of the flags that are OK, as the origin sent them.</param>
/// <param name="Attempts">HTTP requests to the origin, retries included.</param>
/// <param name="PeakInFlight">Most downloads in flight at once, as the strategy's own side counted.</param>
/// <param name="OriginPeakInFlight">Most requests in flight at once, as the origin counted; null for a foreign origin.</param>
/// <param name="ThreadsUsed">
/// Distinct threads that ran the strategy's code, one after the other or at once: a grain's turns hop between the thread pool's threads, one at a time.
/// <see cref="ResourceUse.CallersAtOnce"/> is how many did so at the same instant.
/// </param>
/// <param name="CpuSeconds">CPU time of the controller's silo during the run.</param>
/// <param name="IdealSeconds">Lower bound max(longest, sum / limit) over the origin's own delays; see docs/architecture.md.</param>
/// <param name="Order">Null where no download finished.</param>
/// <param name="Phases">Null where no flag was stored.</param>
/// <param name="Interrupted">Whether a silo was lost in the middle: the outcomes stand, the times say nothing and are left out of the summary.</param>
[GenerateSerializer, Immutable, Alias("FlagCloud.Run")]
public sealed record Run(
    [property: Id(0)] string Strategy,
    [property: Id(1)] int Round,
    [property: Id(2)] bool Warmup,
    [property: Id(3)] double ElapsedSeconds,
    [property: Id(4)] int Requested,
    [property: Id(5)] int Ok,
    [property: Id(6)] int NotModified,
    [property: Id(7)] int NotFound,
    [property: Id(8)] int Errors,
    [property: Id(9)] int Cancelled,
    [property: Id(10)] long Bytes,
    [property: Id(11)] int Attempts,
    [property: Id(12)] int PeakInFlight,
    [property: Id(13)] int? OriginPeakInFlight,
    [property: Id(14)] int ThreadsUsed,
    [property: Id(15)] double CpuSeconds,
    [property: Id(16)] double IdealSeconds,
    [property: Id(100)] bool Interrupted = false,
    [property: Id(17)] ResourceUse? Use = null,
    [property: Id(18)] ResultOrder? Order = null,
    [property: Id(19)] PhaseSeconds? Phases = null);
