using System.IO.Compression;
using Azure.Storage.Blobs.Models;
using FlagCloud.Contracts;
using FlagCloud.Silo.Flags;
using Microsoft.Net.Http.Headers;

namespace FlagCloud.Silo.Api;

/// <summary>The stored flags: their list, and each one as an image.</summary>
static class FlagEndpoints
{
    public static IEndpointRouteBuilder MapFlags(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/flags", (FlagStore store, CancellationToken cancellationToken) => store.List(cancellationToken))
            .WithTags("Flags").WithSummary("What is stored, with its provenance").Produces<IEnumerable<StoredFlag>>();
        routes.MapGet("/flags/{code}.svg", Image)
            .WithTags("Flags").WithSummary("A stored flag").Produces(200, contentType: "image/svg+xml").Produces(304).ProducesProblem(404);
        return routes;
    }

    /// <param name="sha256">The version that is wanted, as the record of its download names it; then it may be kept for good.</param>
    static async Task<IResult> Image(string code, HttpContext http, FlagImages images, CancellationToken cancellationToken, string? sha256 = null)
    {
        if (!Catalogue.IsWellFormed(code) || await images.Read(code, sha256, cancellationToken) is not { } blob) return Problems.NoSuchFlag(code);
        var headers = http.Response.Headers;
        // An SVG is foreign content that can carry script: as a document of its own it gets neither script nor our origin.
        headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox";
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = sha256 is not null && FlagBlob.Sha256Of(blob.Details.Metadata) == sha256 ? "private, max-age=31536000, immutable" : "no-cache";
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
