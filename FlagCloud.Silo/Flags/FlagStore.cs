using Azure;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using FlagCloud.Contracts;
using Microsoft.Extensions.Options;

namespace FlagCloud.Silo.Flags;

/// <summary>The flags in blob storage: container <c>flags</c>, a blob per country.</summary>
sealed class FlagStore(BlobServiceClient blobs, IOptions<FlagOptions> options) : IDisposable
{
    public const string Container = "flags";

    readonly BlobContainerClient container = blobs.GetBlobContainerClient(Container);
    readonly SemaphoreSlim puts = new(options.Value.MaxConcurrentPuts);

    /// <summary>The stored flag of a country, an SVG as our origin sends it; null if there is none.</summary>
    public async Task<StoredFlag?> Find(string country, CancellationToken cancellationToken)
    {
        var name = FlagBlob.NameOf(country, "image/svg+xml");
        try
        {
            return FlagBlob.Read(name, (await container.GetBlobClient(name).GetPropertiesAsync(cancellationToken: cancellationToken)).Value);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    /// <summary>All stored flags, in the order of their names.</summary>
    public async IAsyncEnumerable<StoredFlag> List([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var blob in container.GetBlobsAsync(new GetBlobsOptions { Traits = BlobTraits.Metadata }, cancellationToken))
            yield return FlagBlob.Read(blob);
    }

    /// <summary>Opens a stored flag for reading; null if there is none.</summary>
    public async Task<BlobDownloadResult?> Read(string country, CancellationToken cancellationToken)
    {
        try
        {
            return (await container.GetBlobClient(FlagBlob.NameOf(country, "image/svg+xml")).DownloadContentAsync(cancellationToken)).Value;
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    /// <summary>Uploads in one Put Blob, which storage checks against the MD5 and either takes whole or not at all.</summary>
    /// <param name="replaces">What the flag may replace: the one that was compared with the origin; null where anything may be replaced.</param>
    /// <param name="cancellationToken">Ends the wait for a place; once the upload has begun, it is left to end by itself.</param>
    /// <returns>When storage has acknowledged it. Throws <see cref="RequestFailedException"/> where it did not.</returns>
    public async Task Put(
        string country, FetchedFlag flag, FlagUpload content, IDictionary<string, string> metadata, BlobRequestConditions? replaces, CancellationToken cancellationToken)
    {
        var upload = new BlobUploadOptions
        {
            HttpHeaders = new() { ContentType = flag.ContentType, ContentEncoding = content.Encoding, CacheControl = "no-cache", ContentHash = content.Md5 },
            Metadata = metadata,
            Conditions = replaces,
            TransferValidation = new() { ChecksumAlgorithm = StorageChecksumAlgorithm.MD5 },
        };
        await puts.WaitAsync(cancellationToken);
        try
        {
            var stored = await container.GetBlobClient(FlagBlob.NameOf(country, flag.ContentType))
                .UploadAsync(BinaryData.FromBytes(content.Content), upload, CancellationToken.None);
            if (stored.Value.ContentHash is { Length: > 0 } acknowledged && !acknowledged.AsSpan().SequenceEqual(content.Md5))
                throw new RequestFailedException("storage acknowledged other bytes than were sent");
        }
        finally
        {
            puts.Release();
        }
    }

    public void Dispose() => puts.Dispose();
}
