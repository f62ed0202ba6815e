using FlagCloud.Contracts;

namespace FlagCloud.Silo.Flags;

/// <summary>What a flag grain is asked to do.</summary>
/// <param name="Profile">The origin's profile; ignored where <paramref name="Origin"/> names a foreign origin.</param>
/// <param name="Origin">URL template of a foreign origin, checked against the allow-list; null for our own.</param>
/// <param name="Run">Number of the comparison's run, from 1.</param>
/// <param name="Seed">Seed of this round's draws.</param>
/// <param name="Quality">Brotli's.</param>
/// <param name="AttemptTimeout">For one request; null takes the configuration's, as for <paramref name="Retries"/>.</param>
/// <param name="ConnectionReuse">Whether requests share one client; if not, each has one of its own.</param>
[GenerateSerializer, Immutable, Alias("FlagCloud.DownloadOrder")]
public sealed record DownloadOrder(
    [property: Id(0)] string ComparisonId,
    [property: Id(1)] string Profile,
    [property: Id(2)] string? Origin,
    [property: Id(3)] int Seed,
    [property: Id(4)] FetchMode Mode,
    [property: Id(5)] WorkKind Work,
    [property: Id(6)] bool InterpreterLock,
    [property: Id(100)] int Run,
    [property: Id(7)] int Quality = 11,
    [property: Id(8)] TimeSpan? AttemptTimeout = null,
    [property: Id(9)] int? Retries = null,
    [property: Id(10)] bool ConnectionReuse = true);
