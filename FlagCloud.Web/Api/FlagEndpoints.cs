using System.IO.Compression;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Net.Http.Headers;

namespace FlagCloud.Web.Api;

static class FlagEndpoints
{
    public static void MapFlags(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/flags", (FlagBlobs flags, CancellationToken cancellationToken) => flags.List(cancellationToken).Begun(cancellationToken))
            .WithTags("Flags").WithSummary("What is stored, with its provenance").Produces<IEnumerable<StoredFlag>>().ProducesProblem(503);
        routes.MapGet("/flags/{code}.svg", Image)
            .WithTags("Flags").WithSummary("A stored flag").Produces(200, contentType: "image/svg+xml").Produces(304).ProducesProblem(404).ProducesProblem(503);
    }

    /// <param name="sha256">The version that is wanted, as the record of its download names it; then it may be kept for good.</param>
    static async Task<IResult> Image(string code, HttpContext http, FlagImages images, CancellationToken cancellationToken, string? sha256 = null)
    {
        if (!Catalogue.IsWellFormed(code) || await images.Read(code, sha256, cancellationToken) is not { } blob) return Problems.NoSuchFlag(code);
        var headers = http.Response.Headers;
        // An SVG is foreign content that can carry script: as a document of its own it gets neither script nor our origin.
        headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox";
        headers.CacheControl = FlagImages.Is(blob, sha256) ? "private, max-age=31536000, immutable" : "no-cache";
        headers.Vary = HeaderNames.AcceptEncoding;
        var (content, etag) = Represent(blob, http);
        return TypedResults.Bytes(content, blob.Details.ContentType, lastModified: blob.Details.LastModified, entityTag: etag);
    }

    // Stored compressed, a flag is sent as it lies to whoever takes Brotli, and unpacked to everybody else: two forms, two ETags.
    static (byte[] Content, EntityTagHeaderValue ETag) Represent(BlobDownloadResult blob, HttpContext http)
    {
        var content = blob.Content.ToArray();
        var etag = blob.Details.ETag.ToString("H");
        if (blob.Details.ContentEncoding is not "br") return (content, new(etag));
        if (http.Request.GetTypedHeaders().AcceptEncoding.Any(accepted => accepted.Value == "br" && accepted.Quality is not 0))
        {
            http.Response.Headers.ContentEncoding = "br";
            return (content, new(etag));
        }
        using var unpacked = new MemoryStream();
        using (var brotli = new BrotliStream(new MemoryStream(content), CompressionMode.Decompress)) brotli.CopyTo(unpacked);
        return (unpacked.ToArray(), new($"{etag[..^1]}-identity\""));
    }
}

/// <summary>Stored flags as pages show them. A version is read once, so that many viewers of a race do not take from it the storage that it is measured on.</summary>
sealed class FlagImages(FlagBlobs flags) : IDisposable
{
    const long HeldBytes = 32 * 1024 * 1024;

    readonly MemoryCache held = new(new MemoryCacheOptions { SizeLimit = HeldBytes });

    public static bool Is(BlobDownloadResult blob, string? sha256) => sha256 is not null && blob.Details.Metadata.TryGetValue(FlagBlobs.Sha256, out var stored) && stored == sha256;

    /// <summary>The flag as it is stored; null if there is none. It may be another version than was asked for, if that one is gone.</summary>
    public async Task<BlobDownloadResult?> Read(string country, string? sha256, CancellationToken cancellationToken)
    {
        if (sha256 is not null && held.TryGetValue((country, sha256), out BlobDownloadResult? known)) return known;
        var blob = await flags.Open(country, cancellationToken);
        if (blob is not null && Is(blob, sha256)) held.Set((country, sha256), blob, new MemoryCacheEntryOptions { Size = blob.Content.ToMemory().Length });
        return blob;
    }

    public void Dispose() => held.Dispose();
}
