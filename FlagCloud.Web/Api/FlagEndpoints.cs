using System.IO.Compression;
using Azure.Storage.Blobs.Models;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Net.Http.Headers;

namespace FlagCloud.Web.Api;

static class FlagEndpoints
{
    public static void MapFlags(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/flags", (FlagBlobs flags, CancellationToken cancellationToken) => flags.List(cancellationToken).Begun(cancellationToken))
            .WithTags("Flags").WithSummary("What is stored, with its provenance").Produces<IEnumerable<StoredFlag>>().ProducesProblem(503);
        // A version is read once, so that many viewers of a race do not take from it the storage that it is measured on.
        routes.MapGet("/flags/{code}.svg", Image)
            .CacheOutput(version => version.SetVaryByQuery("sha256").SetVaryByHeader(HeaderNames.AcceptEncoding).Expire(TimeSpan.FromHours(1)))
            .WithTags("Flags").WithSummary("A stored flag").Produces(200, contentType: "image/svg+xml").Produces(304).ProducesProblem(404).ProducesProblem(503);
    }

    /// <param name="sha256">The version that is wanted, as the record of its download names it; then it may be kept for good.</param>
    static async Task<IResult> Image(string code, HttpContext http, FlagBlobs flags, CancellationToken cancellationToken, string? sha256 = null)
    {
        if (!Catalogue.IsWellFormed(code) || await flags.Open(code, cancellationToken) is not { } blob) return Problems.NoSuchFlag(code);
        // Another version than was asked for is sent if that one is gone.
        var isVersion = sha256 is not null && blob.Details.Metadata.AsReadOnly().GetValueOrDefault(FlagBlobs.Sha256) == sha256;
        http.Features.Get<IOutputCacheFeature>()!.Context.AllowCacheStorage = isVersion;
        var headers = http.Response.Headers;
        // An SVG is foreign content that can carry script: as a document of its own it gets neither script nor our origin.
        headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox";
        headers.CacheControl = isVersion ? "private, max-age=31536000, immutable" : "no-cache";
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
