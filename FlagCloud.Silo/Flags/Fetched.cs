using FlagCloud.Contracts;

namespace FlagCloud.Silo.Flags;

/// <summary>The result of asking the origin for a flag, retries included.</summary>
/// <param name="Outcome">Ok means that <paramref name="Flag"/> came whole and unharmed; it is not stored yet.</param>
/// <param name="HeadersAt">Time stamp (Stopwatch) of the last response's headers; null if none came.</param>
sealed record Fetched(
    Outcome Outcome, string? Reason, FetchedFlag? Flag, int Attempts, double DelaySeconds, int? OriginInFlight, long? HeadersAt, long EndedAt);

/// <param name="Sha256">Lower-case hex.</param>
sealed record FetchedFlag(Uri Url, byte[] Content, string ContentType, string Sha256, string? ETag);
