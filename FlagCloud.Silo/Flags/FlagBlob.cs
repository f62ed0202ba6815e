using System.Globalization;
using Azure.Storage.Blobs.Models;
using FlagCloud.Contracts;

namespace FlagCloud.Silo.Flags;

/// <summary>How a flag's provenance is written to its blob and read from it.</summary>
static class FlagBlob
{
    const string Source = "source", SourceETag = "source_etag", Sha256 = "sha256", FetchedAt = "fetched_at", Attempts = "attempts", ComparisonId = "comparison", Run = "run";

    // By content type: the origin decides what a flag is, an SVG nearly always.
    public static string NameOf(string country, string contentType) => country + contentType switch
    {
        "image/svg+xml" => ".svg",
        "image/gif" => ".gif",
        "image/png" => ".png",
        "image/jpeg" => ".jpg",
        _ => ".webp",
    };

    public static Dictionary<string, string> Metadata(FetchedFlag flag, int attempts, DownloadOrder order, DateTimeOffset now)
    {
        var metadata = new Dictionary<string, string>
        {
            [Source] = flag.Url.ToString(),
            [Sha256] = flag.Sha256,
            [FetchedAt] = now.ToString("O", CultureInfo.InvariantCulture),
            [Attempts] = attempts.ToString(CultureInfo.InvariantCulture),
            [ComparisonId] = order.ComparisonId,
            [Run] = order.Run.ToString(CultureInfo.InvariantCulture),
        };
        // Metadata travels in HTTP headers: ASCII only.
        if (flag.ETag is { } etag && etag.All(char.IsAscii)) metadata[SourceETag] = etag;
        return metadata;
    }

    /// <summary>Of the flag as the origin sent it; null where it is not known.</summary>
    public static string? Sha256Of(IDictionary<string, string> metadata) => metadata.TryGetValue(Sha256, out var sha256) ? sha256 : null;

    public static StoredFlag Read(string name, BlobProperties blob) => Read(
        name, blob.ContentType, blob.ContentEncoding, blob.ContentLength, blob.ETag.ToString(), blob.Metadata);

    public static StoredFlag Read(BlobItem blob) => Read(
        blob.Name, blob.Properties.ContentType, blob.Properties.ContentEncoding, blob.Properties.ContentLength ?? 0,
        blob.Properties.ETag?.ToString() ?? "", blob.Metadata);

    static StoredFlag Read(string name, string type, string? encoding, long bytes, string etag, IDictionary<string, string> metadata) => new(
        Path.GetFileNameWithoutExtension(name), type, string.IsNullOrEmpty(encoding) ? null : encoding, bytes, etag,
        metadata.TryGetValue(Source, out var source) ? source : null,
        metadata.TryGetValue(SourceETag, out var sourceETag) ? sourceETag : null,
        Sha256Of(metadata),
        metadata.TryGetValue(FetchedAt, out var at) && DateTimeOffset.TryParse(at, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var fetchedAt) ? fetchedAt : null,
        metadata.TryGetValue(Attempts, out var count) && int.TryParse(count, CultureInfo.InvariantCulture, out var attempts) ? attempts : null,
        metadata.TryGetValue(ComparisonId, out var comparison) ? comparison : null,
        metadata.TryGetValue(Run, out var number) && int.TryParse(number, CultureInfo.InvariantCulture, out var run) ? run : null);
}
