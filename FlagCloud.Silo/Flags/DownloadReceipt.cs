using FlagCloud.Contracts;

namespace FlagCloud.Silo.Flags;

/// <summary>What a flag grain did. Times are seconds since it was called; null for a stage that was not reached.</summary>
/// <param name="DelaySeconds">Delay that the origin says it applied, over all attempts; for a foreign origin, time to the headers.</param>
/// <param name="OriginInFlight">Most requests in flight that the origin counted when ours arrived; null for a foreign origin.</param>
/// <param name="LockWaitSeconds">How long the CPU parts waited for the interpreter lock.</param>
/// <param name="WorkedOn">The thread that did the CPU-bound work; null without such work.</param>
[GenerateSerializer, Immutable, Alias("FlagCloud.DownloadReceipt")]
public sealed record DownloadReceipt(
    [property: Id(0)] Outcome Outcome,
    [property: Id(1)] string? Reason,
    [property: Id(2)] int Attempts,
    [property: Id(3)] long Bytes,
    [property: Id(4)] string? Sha256,
    [property: Id(5)] double? HeadersSeconds,
    [property: Id(6)] double? BodySeconds,
    [property: Id(7)] double? WorkedSeconds,
    [property: Id(8)] double? StoredSeconds,
    [property: Id(9)] double DelaySeconds,
    [property: Id(10)] int? OriginInFlight,
    [property: Id(11)] string Silo,
    [property: Id(12)] double LockWaitSeconds = 0,
    [property: Id(13)] string? WorkedOn = null);
