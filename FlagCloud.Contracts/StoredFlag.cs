namespace FlagCloud.Contracts;

/// <summary>A flag that lies in blob storage, with its provenance (<c>GET /api/flags</c>).</summary>
/// <param name="Bytes">Length of the stored blob; with a content encoding, compressed.</param>
/// <param name="Sha256">Of the flag as the origin sent it, lower-case hex.</param>
/// <param name="Run">Number of the comparison's run that stored it, from 1.</param>
[GenerateSerializer, Immutable, Alias("FlagCloud.StoredFlag")]
public sealed record StoredFlag(
    [property: Id(0)] string Country,
    [property: Id(1)] string ContentType,
    [property: Id(2)] string? ContentEncoding,
    [property: Id(3)] long Bytes,
    [property: Id(4)] string ETag,
    [property: Id(5)] string? Source,
    [property: Id(6)] string? SourceETag,
    [property: Id(7)] string? Sha256,
    [property: Id(8)] DateTimeOffset? FetchedAt,
    [property: Id(9)] int? Attempts,
    [property: Id(10)] string? ComparisonId,
    [property: Id(11)] int? Run = null);
