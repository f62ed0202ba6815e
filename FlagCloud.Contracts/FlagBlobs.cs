using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace FlagCloud.Contracts;

/// <summary>Where flags lie, and how they are read: container <c>flags</c>, a blob a country, its provenance in the blob's metadata. Only flag grains write them.</summary>
public sealed class FlagBlobs(BlobServiceClient blobs)
{
    public const string Container = "flags";

    /// <summary>Names of the metadata.</summary>
    public const string Source = "source", SourceETag = "source_etag", Sha256 = "sha256", FetchedAt = "fetched_at", Attempts = "attempts", ComparisonId = "comparison", Run = "run";

    const string Svg = "image/svg+xml";

    readonly BlobContainerClient container = blobs.GetBlobContainerClient(Container);

    /// <summary>By content type: the origin decides what a flag is, an SVG nearly always.</summary>
    public static string NameOf(string country, string contentType = Svg) => country + contentType switch
    {
        Svg => ".svg",
        "image/gif" => ".gif",
        "image/png" => ".png",
        "image/jpeg" => ".jpg",
        _ => ".webp",
    };

    /// <summary>The stored flag of a country, an SVG as our origin sends it; null if there is none.</summary>
    public async Task<StoredFlag?> Find(string country, CancellationToken cancellationToken)
    {
        var name = NameOf(country);
        var blob = await container.GetBlobClient(name).GetPropertiesAsync(cancellationToken: cancellationToken).IfThere();
        return blob is null ? null : Read(name, blob.ContentType, blob.ContentEncoding, blob.ContentLength, blob.ETag, blob.Metadata);
    }

    /// <summary>All stored flags, in the order of their names.</summary>
    public async IAsyncEnumerable<StoredFlag> List([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var blob in container.GetBlobsAsync(new GetBlobsOptions { Traits = BlobTraits.Metadata }, cancellationToken))
        {
            var properties = blob.Properties;
            yield return Read(blob.Name, properties.ContentType, properties.ContentEncoding, properties.ContentLength ?? 0, properties.ETag ?? default, blob.Metadata);
        }
    }

    /// <summary>A stored flag with its content; null if there is none.</summary>
    public Task<BlobDownloadResult?> Open(string country, CancellationToken cancellationToken) =>
        container.GetBlobClient(NameOf(country)).DownloadContentAsync(cancellationToken).IfThere();

    static StoredFlag Read(string name, string type, string? encoding, long bytes, ETag etag, IDictionary<string, string> metadata)
    {
        string? Said(string key) => metadata.TryGetValue(key, out var value) ? value : null;
        int? Number(string key) => int.TryParse(Said(key), CultureInfo.InvariantCulture, out var number) ? number : null;
        return new()
        {
            Country = Path.GetFileNameWithoutExtension(name), ContentType = type, ContentEncoding = string.IsNullOrEmpty(encoding) ? null : encoding,
            Bytes = bytes, ETag = etag.ToString(),
            Source = Said(Source), SourceETag = Said(SourceETag), Sha256 = Said(Sha256), Attempts = Number(Attempts), ComparisonId = Said(ComparisonId), Run = Number(Run),
            FetchedAt = DateTimeOffset.TryParse(Said(FetchedAt), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var at) ? at : null,
        };
    }
}

static class BlobAnswers
{
    /// <summary>What storage answers; null if there is no such blob, or no container.</summary>
    public static async Task<T?> IfThere<T>(this Task<Response<T>> answer) where T : class
    {
        try
        {
            return (await answer).Value;
        }
        catch (RequestFailedException e) when (e.Status is 404)
        {
            return null;
        }
    }
}

/// <summary>A flag that lies in blob storage, with its provenance (<c>GET /api/flags</c>).</summary>
public sealed record StoredFlag
{
    public required string Country { get; init; }
    public required string ContentType { get; init; }
    public string? ContentEncoding { get; init; }
    /// <summary>Length of the stored blob; with a content encoding, compressed.</summary>
    public required long Bytes { get; init; }
    public required string ETag { get; init; }
    public string? Source { get; init; }
    public string? SourceETag { get; init; }
    /// <summary>Of the flag as the origin sent it, lower-case hex.</summary>
    public string? Sha256 { get; init; }
    public DateTimeOffset? FetchedAt { get; init; }
    public int? Attempts { get; init; }
    public string? ComparisonId { get; init; }
    /// <summary>Number of the comparison's run that stored it, from 1.</summary>
    public int? Run { get; init; }
}
