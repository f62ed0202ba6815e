using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using FlagCloud.Contracts;
using Polly;
using Polly.Retry;

namespace FlagCloud.Silo.Comparisons;

/// <summary>Records in container <c>comparisons</c>: <c>{id}.json</c>, and every download of every run in <c>{id}.downloads.ndjson</c>.</summary>
sealed class ComparisonStore(BlobServiceClient blobs, TimeProvider time)
{
    public const string Container = "comparisons";

    // How far back unfinished comparisons are looked for.
    const int Recent = 100;

    const string RecordSuffix = ".json", DownloadsSuffix = ".downloads.ndjson";

    // An append block may have 100 MiB; a run of every flag has a fifth of one.
    readonly BlobContainerClient container = blobs.GetBlobContainerClient(Container);

    // Beyond the client's own retries: a record is worth the wait for a storage that is being restarted.
    readonly ResiliencePipeline patience = new ResiliencePipelineBuilder { TimeProvider = time }.AddRetry(new RetryStrategyOptions
    {
        ShouldHandle = new PredicateBuilder().Handle<RequestFailedException>(e => e.Status is 0 or 408 or 429 or >= 500).Handle<AggregateException>(),
        MaxRetryAttempts = 8,
        Delay = TimeSpan.FromSeconds(2),
    }).Build();

    /// <param name="last">What <see cref="Save"/> or <see cref="Load"/> returned last; null for a record that must not exist yet.</param>
    /// <exception cref="OwnershipLostException">Another activation has written the record since: this one was given up for dead.</exception>
    public async Task<ETag> Save(Comparison comparison, ETag? last)
    {
        var json = BinaryData.FromBytes(JsonSerializer.SerializeToUtf8Bytes(comparison, FlagCloudJson.Options));
        var upload = new BlobUploadOptions
        {
            HttpHeaders = new() { ContentType = "application/json" },
            Conditions = last is null ? new() { IfNoneMatch = ETag.All } : new() { IfMatch = last },
        };
        var blob = Blob(comparison.Id, RecordSuffix);
        return await patience.ExecuteAsync(async token =>
        {
            try
            {
                return (await blob.UploadAsync(json, upload, CancellationToken.None)).Value.ETag;
            }
            catch (RequestFailedException e) when (e.Status is 409 or 412)
            {
                // Either an earlier try had arrived and only its answer was lost, or somebody else has written.
                var stored = (await blob.DownloadContentAsync(token)).Value;
                return stored.Content.ToMemory().Span.SequenceEqual(json.ToMemory().Span) ? stored.Details.ETag : throw new OwnershipLostException(comparison.Id);
            }
        });
    }

    /// <summary>Adds downloads, whole or not at all.</summary>
    /// <param name="offset">Where the last one ended; a second try after a lost answer cannot add them twice.</param>
    /// <returns>Where this one ended.</returns>
    public async Task<long> Append(string id, IEnumerable<Download> downloads, long offset)
    {
        using var lines = new MemoryStream();
        foreach (var download in downloads)
        {
            JsonSerializer.Serialize(lines, download, FlagCloudJson.Options);
            lines.WriteByte((byte)'\n');
        }
        var blob = container.GetAppendBlobClient(id + DownloadsSuffix);
        await patience.ExecuteAsync(async token =>
        {
            if (offset == 0) await blob.CreateIfNotExistsAsync(new() { HttpHeaders = new() { ContentType = "application/x-ndjson" } }, token);
            lines.Position = 0;
            try
            {
                await blob.AppendBlockAsync(lines, new() { Conditions = new() { IfAppendPositionEqual = offset } }, token);
            }
            catch (RequestFailedException e) when (e.Status == 412)
            {
                // Either the block had arrived and only the answer was lost, or somebody else has appended.
                if (await Length(blob, token) != offset + lines.Length) throw new OwnershipLostException(id);
            }
        });
        return offset + lines.Length;
    }

    public async Task<(Comparison Record, ETag ETag)?> Load(string id, CancellationToken cancellationToken)
    {
        try
        {
            var blob = await Blob(id, RecordSuffix).DownloadContentAsync(cancellationToken);
            return (blob.Value.Content.ToObjectFromJson<Comparison>(FlagCloudJson.Options)!, blob.Value.Details.ETag);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    /// <summary>How long the list of downloads is, bytes.</summary>
    public async Task<long> Length(string id, CancellationToken cancellationToken)
    {
        var blob = container.GetAppendBlobClient(id + DownloadsSuffix);
        return await blob.ExistsAsync(cancellationToken) ? await Length(blob, cancellationToken) : 0;
    }

    /// <summary>The downloads that are written down, in the order of their ends, read as they are taken.</summary>
    public async IAsyncEnumerable<Download> Downloads(string id, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Stream content;
        try
        {
            content = await Blob(id, DownloadsSuffix).OpenReadAsync(cancellationToken: cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            yield break;
        }
        using var reader = new StreamReader(content);
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
            yield return JsonSerializer.Deserialize<Download>(line, FlagCloudJson.Options)!;
    }

    /// <summary>Ids of the newest comparisons, newest first.</summary>
    public async Task<IReadOnlyList<string>> Newest(int count, CancellationToken cancellationToken)
    {
        var ids = new List<string>();
        await foreach (var blob in container.GetBlobsAsync(cancellationToken: cancellationToken))
            if (blob.Name.EndsWith(RecordSuffix, StringComparison.Ordinal))
                ids.Add(blob.Name[..^RecordSuffix.Length]);
        ids.Sort(StringComparer.Ordinal);
        ids.Reverse();
        return ids[..Math.Min(count, ids.Count)];
    }

    /// <summary>Ids of the comparisons that have not ended: the one that was running first, then the waiting ones in the order they came.</summary>
    public async Task<IReadOnlyList<string>> Unfinished(CancellationToken cancellationToken)
    {
        var records = new List<Comparison>();
        foreach (var id in await Newest(Recent, cancellationToken))
            if (await Load(id, cancellationToken) is { Record: { Ended: false } record })
                records.Add(record);
        return [.. records.OrderByDescending(record => record.Status is ComparisonStatus.Running).ThenBy(record => record.Id, StringComparer.Ordinal).Select(record => record.Id)];
    }

    BlobClient Blob(string id, string suffix) => container.GetBlobClient(id + suffix);

    static async Task<long> Length(AppendBlobClient blob, CancellationToken cancellationToken) =>
        (await blob.GetPropertiesAsync(cancellationToken: cancellationToken)).Value.ContentLength;
}
