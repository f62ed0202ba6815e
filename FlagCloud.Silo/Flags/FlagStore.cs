using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using Azure.Storage;
using Azure.Storage.Blobs.Models;

namespace FlagCloud.Silo.Flags;

/// <summary>Stores flags where <see cref="FlagBlobs"/> reads them.</summary>
sealed class FlagStore([FromKeyedServices("blobs")] BlobServiceClient blobs, FlagBlobs reader, IOptions<FlagOptions> options, TimeProvider time) : IDisposable
{
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500), Arrival = TimeSpan.FromSeconds(1.5);

    readonly BlobContainerClient container = blobs.GetBlobContainerClient(FlagBlobs.Container);
    readonly SemaphoreSlim puts = new(options.Value.MaxConcurrentPuts);

    // For as long as the flag's deadline leaves: storage that is being restarted costs time, and no flag. The client itself does not try again: it would
    // go on after the deadline, and could put the flag over one that has been downloaded since.
    readonly ResiliencePipeline patience = Retries.While((e, _) => e.IsStorageAway() || (e is RequestFailedException failed && IsContainerGone(failed)), Pause, time);

    /// <inheritdoc cref="FlagBlobs.Find"/>
    public async Task<StoredFlag?> Find(string country, CancellationToken cancellationToken) =>
        await patience.ExecuteAsync(async token => await reader.Find(country, token), cancellationToken);

    /// <summary>Uploads in one Put Blob, which storage checks against the MD5 and either takes whole or not at all.</summary>
    /// <param name="compared">The stored flag that was compared with the origin: in refresh mode nothing else is replaced.</param>
    /// <param name="cancellationToken">Ends the wait for a place; once the upload has begun, it is left to end by itself.</param>
    /// <param name="deadline">Until then an upload that storage did not take is tried again.</param>
    /// <returns>When storage has acknowledged it. Throws <see cref="RequestFailedException"/> where it did not.</returns>
    public async Task Put(FlagDownload download, FetchedFlag flag, FlagUpload content, StoredFlag? compared, CancellationToken cancellationToken, CancellationToken deadline)
    {
        var blob = container.GetBlobClient(FlagBlobs.NameOf(download.Country, flag.ContentType));
        var upload = new BlobUploadOptions
        {
            HttpHeaders = new() { ContentType = flag.ContentType, ContentEncoding = content.Encoding, CacheControl = "no-cache", ContentHash = content.Md5 },
            Metadata = Provenance(download, flag),
            Conditions = Replaces(download.Order, compared),
            TransferValidation = new() { ChecksumAlgorithm = StorageChecksumAlgorithm.MD5 },
        };
        download.Reason = "storage has not answered yet";
        await puts.WaitAsync(cancellationToken);
        try
        {
            await patience.ExecuteAsync(Upload, deadline);
        }
        finally
        {
            puts.Release();
        }

        async ValueTask Upload(CancellationToken _)
        {
            download.Uploading = true;
            try
            {
                var stored = await container.CreatedIfLost(() => blob.UploadAsync(BinaryData.FromBytes(content.Content), upload, CancellationToken.None), deadline);
                if (stored.Value.ContentHash is { Length: > 0 } acknowledged && !acknowledged.AsSpan().SequenceEqual(content.Md5))
                    throw new RequestFailedException("storage acknowledged other bytes than were sent");
            }
            catch (RequestFailedException e) when (e.Status is 409 or 412 && !IsContainerGone(e))
            {
                // Either an earlier try had arrived and only its answer was lost, or somebody else has replaced the flag meanwhile.
                if (!IsOurs(await Find(download.Country, deadline), download.Order, flag)) throw;
            }
            catch (Exception e) when (e.IsOfStorage() || e is TaskCanceledException)
            {
                download.Reason = e.StorageCause(); // Should the deadline come before the next try ends, this is why.
                throw;
            }
        }
    }

    /// <returns>Whether a flag is stored whose upload was not acknowledged in time: it may be on its way still, or only the answer was lost.</returns>
    public async Task<bool> HasArrived(FlagDownload download, FetchedFlag flag)
    {
        using var soon = new CancellationTokenSource(Arrival, time);
        try
        {
            while (!IsOurs(await reader.Find(download.Country, soon.Token), download.Order, flag)) await Task.Delay(Pause, time, soon.Token);
            return true;
        }
        catch (Exception e) when (e.IsOfStorage() || e is OperationCanceledException)
        {
            return false;
        }
    }

    public void Dispose() => puts.Dispose();

    // A refresh replaces what it has looked at, so that two at once cannot undo each other; a forced download replaces anything.
    static BlobRequestConditions? Replaces(DownloadOrder order, StoredFlag? compared) => (order.Mode, compared) switch
    {
        (FetchMode.Force, _) => null,
        (_, null) => new() { IfNoneMatch = ETag.All },
        _ => new() { IfMatch = new ETag(compared.ETag) },
    };

    static bool IsOurs(StoredFlag? stored, DownloadOrder order, FetchedFlag flag) =>
        stored is not null && (stored.ComparisonId, stored.Run, stored.Sha256) == (order.ComparisonId, order.Run, flag.Sha256);

    static bool IsContainerGone(RequestFailedException e) => e.ErrorCode is "ContainerNotFound" or "ContainerBeingDeleted";

    // It travels in headers, so that all of it is ASCII.
    Dictionary<string, string> Provenance(FlagDownload download, FetchedFlag flag)
    {
        var metadata = new Dictionary<string, string>
        {
            [FlagBlobs.Source] = flag.Url.Public(),
            [FlagBlobs.Sha256] = flag.Sha256,
            [FlagBlobs.FetchedAt] = time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture),
            [FlagBlobs.Attempts] = download.Report.Attempts.ToString(CultureInfo.InvariantCulture),
            [FlagBlobs.ComparisonId] = download.Order.ComparisonId,
            [FlagBlobs.Run] = download.Order.Run.ToString(CultureInfo.InvariantCulture),
        };
        if (flag.ETag is { } etag) metadata[FlagBlobs.SourceETag] = etag;
        return metadata;
    }
}

/// <summary>What is stored of a flag. To make it is work for the CPU.</summary>
/// <param name="Encoding">Content encoding; null: as it came.</param>
sealed record FlagUpload(byte[] Content, string? Encoding)
{
#pragma warning disable CA5351 // MD5 is the checksum of the blob protocol, not a protection.
    public byte[] Md5 { get; } = MD5.HashData(Content);
#pragma warning restore CA5351

    public static FlagUpload Compressed(byte[] content, int quality)
    {
        var compressed = new byte[BrotliEncoder.GetMaxCompressedLength(content.Length)];
        return BrotliEncoder.TryCompress(content, compressed, out var length, quality, window: 22)
            ? new(compressed[..length], "br")
            : throw new InvalidOperationException($"Brotli could not compress {content.Length} bytes.");
    }
}
