namespace FlagCloud.Contracts;

/// <summary>A request after validation: every default filled in, every country resolved to its code (lower case, each once).</summary>
/// <param name="Rounds">Measured rounds; the least of them where <paramref name="CiWidth"/> is given.</param>
/// <param name="Quality">Brotli's, 0 to 11.</param>
/// <param name="AttemptTimeoutSeconds">Null: the silo's configuration, as for <paramref name="Retries"/>.</param>
/// <param name="CiWidth">Half width of the interval, as a share of the median, at which enough rounds have been measured; null: exactly so many rounds.</param>
/// <param name="MaxRounds">Most rounds; null without <paramref name="CiWidth"/>.</param>
[GenerateSerializer, Immutable, Alias("FlagCloud.ComparisonSettings")]
public sealed record ComparisonSettings(
    [property: Id(0)] IReadOnlyList<string> Strategies,
    [property: Id(1)] IReadOnlyList<string> Countries,
    [property: Id(2)] string Profile,
    [property: Id(3)] string? Origin,
    [property: Id(4)] int Concurrency,
    [property: Id(5)] int Rounds,
    [property: Id(6)] bool Warmup,
    [property: Id(7)] WorkKind Work,
    [property: Id(8)] bool InterpreterLock,
    [property: Id(9)] int Seed,
    [property: Id(10)] FetchMode Mode,
    [property: Id(11)] int Quality = 11,
    [property: Id(12)] double? AttemptTimeoutSeconds = null,
    [property: Id(13)] int? Retries = null,
    [property: Id(14)] bool ConnectionReuse = true,
    [property: Id(15)] double? CiWidth = null,
    [property: Id(16)] int? MaxRounds = null);
