using System.Text.Json;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using OpenTelemetry;
using Polly;

namespace FlagCloud.Silo.Comparisons;

/// <summary>The work on a record goes on elsewhere: the cluster took this silo for dead, and it must not write any more.</summary>
sealed class OwnershipLostException(string id) : Exception($"{id} is run by another silo by now.");

/// <summary>Writes comparisons where <see cref="ComparisonRecords"/> reads them. Nobody has asked for these writes, so they make no spans.</summary>
sealed class ComparisonStore(BlobServiceClient blobs, ComparisonRecords records, TimeProvider time)
{
    const int RefusalRetries = 2;

    static readonly TimeSpan CreatePatience = TimeSpan.FromSeconds(5);

    readonly BlobContainerClient container = blobs.GetBlobContainerClient(ComparisonRecords.Container);

    // Beyond the client's own retries: a record is worth waiting for a storage that is being restarted, and a refusal may pass, too.
    readonly ResiliencePipeline patience = new ResiliencePipelineBuilder { TimeProvider = time }.AddRetry(new()
    {
        ShouldHandle = args => ValueTask.FromResult(args.Outcome.Exception switch
        {
            AggregateException or RequestFailedException { Status: 0 } or RequestFailedException { ErrorCode: "ContainerBeingDeleted" } => true,
            RequestFailedException => args.AttemptNumber < RefusalRetries,
            _ => false,
        }),
        MaxRetryAttempts = 8,
        Delay = TimeSpan.FromSeconds(2),
    }).Build();

    /// <summary>Writes the record of a comparison that begins, or throws within a few seconds: then nothing was begun.</summary>
    public async Task<ETag> Create(Comparison comparison)
    {
        using var quiet = SuppressInstrumentationScope.Begin();
        var write = Write(comparison, null);
        try
        {
            return await write.WaitAsync(CreatePatience, time);
        }
        catch
        {
            _ = Discard(comparison.Id, write);
            throw;
        }
    }

    /// <param name="last">What this or <see cref="Create"/> returned last.</param>
    /// <exception cref="OwnershipLostException">Another activation has written the record since: this one was given up for dead.</exception>
    public async Task<ETag> Save(Comparison comparison, ETag? last)
    {
        using var quiet = SuppressInstrumentationScope.Begin();
        return await patience.ExecuteAsync(async _ => await Write(comparison, last));
    }

    /// <summary>Adds downloads, whole or not at all.</summary>
    /// <param name="offset">Where the last one ended; a second try after a lost answer cannot add them twice.</param>
    /// <returns>Where this one ended.</returns>
    public async Task<long> Append(string id, IEnumerable<Download> downloads, long offset)
    {
        using var quiet = SuppressInstrumentationScope.Begin();
        using var lines = new MemoryStream();
        foreach (var download in downloads)
        {
            JsonSerializer.Serialize(lines, download, FlagCloudJson.Options);
            lines.WriteByte((byte)'\n');
        }
        var blob = Downloads(id);
        await patience.ExecuteAsync(async token =>
        {
            if (offset is 0) await container.CreatedIfLost(() => blob.CreateIfNotExistsAsync(new() { HttpHeaders = new() { ContentType = "application/x-ndjson" } }, token), token);
            lines.Position = 0;
            try
            {
                // An append block may have 100 MiB; a run of every flag has a fifth of one.
                await blob.AppendBlockAsync(lines, new() { Conditions = new() { IfAppendPositionEqual = offset } }, token);
            }
            catch (RequestFailedException e) when (e.Status is 412)
            {
                // Either the block had arrived and only the answer was lost, or somebody else has appended.
                if (await Length(blob, token) != offset + lines.Length) throw new OwnershipLostException(id);
            }
        });
        return offset + lines.Length;
    }

    /// <summary>What is written down of the downloads, and how long it is, bytes.</summary>
    public async Task<(IReadOnlyList<Download> Downloads, long Length)> Written(string id)
    {
        using var quiet = SuppressInstrumentationScope.Begin();
        var blob = Downloads(id);
        if (!await blob.ExistsAsync()) return ([], 0);
        var length = await Length(blob, CancellationToken.None);
        return (await records.Downloads(id, CancellationToken.None).ToListAsync(), length);
    }

    /// <summary>Comparisons that have not ended, the one that was running first, then in the order in which they came.</summary>
    public async Task<IReadOnlyList<string>> Unfinished(CancellationToken cancellationToken)
    {
        using var quiet = SuppressInstrumentationScope.Begin();
        var open = new List<Comparison>();
        foreach (var listed in (await records.List(cancellationToken)).Where(listed => !listed.Ended))
            if (await records.Find(listed.Id, cancellationToken) is { Record: { Ended: false } record })
                open.Add(record);
        return [.. open.OrderByDescending(record => record.Status is ComparisonStatus.Running).ThenBy(record => record.Id, StringComparer.Ordinal).Select(record => record.Id)];
    }

    async Task<ETag> Write(Comparison comparison, ETag? last)
    {
        var blob = container.GetBlobClient(ComparisonRecords.RecordName(comparison.Id));
        var json = BinaryData.FromBytes(JsonSerializer.SerializeToUtf8Bytes(comparison, FlagCloudJson.Options));
        var upload = new BlobUploadOptions
        {
            HttpHeaders = new() { ContentType = "application/json" },
            Metadata = Metadata(comparison),
            Conditions = last is null ? new() { IfNoneMatch = ETag.All } : new() { IfMatch = last },
        };
        try
        {
            return (await container.CreatedIfLost(() => blob.UploadAsync(json, upload, CancellationToken.None))).Value.ETag;
        }
        catch (RequestFailedException e) when (e.Status is 409 or 412 && e.ErrorCode is not "ContainerBeingDeleted")
        {
            // Either an earlier try had arrived and only its answer was lost, or somebody else has written.
            var stored = (await blob.DownloadContentAsync()).Value;
            return stored.Content.ToMemory().Span.SequenceEqual(json.ToMemory().Span) ? stored.Details.ETag : throw new OwnershipLostException(comparison.Id);
        }
    }

    // Its caller was told that nothing began: a record that arrives late must not begin by itself.
    async Task Discard(string id, Task write)
    {
        using var quiet = SuppressInstrumentationScope.Begin();
        await write.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        try
        {
            await patience.ExecuteAsync(async token => await container.GetBlobClient(ComparisonRecords.RecordName(id)).DeleteIfExistsAsync(cancellationToken: token));
        }
        catch (Exception e) when (e.IsOfStorage())
        {
            // Storage did not come back within its patience. Should the record have arrived all the same, it is queued, and can be cancelled.
        }
    }

    AppendBlobClient Downloads(string id) => container.GetAppendBlobClient(ComparisonRecords.DownloadsName(id));

    static Dictionary<string, string> Metadata(Comparison comparison)
    {
        var metadata = new Dictionary<string, string> { [ComparisonRecords.EndedKey] = comparison.Ended ? "true" : "false" };
        if (comparison.Question is { } question) metadata[ComparisonRecords.QuestionKey] = question;
        return metadata;
    }

    static async Task<long> Length(AppendBlobClient blob, CancellationToken cancellationToken) =>
        (await blob.GetPropertiesAsync(cancellationToken: cancellationToken)).Value.ContentLength;
}
