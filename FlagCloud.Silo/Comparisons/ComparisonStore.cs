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

    public async Task Save(Comparison comparison)
    {
        var json = BinaryData.FromBytes(JsonSerializer.SerializeToUtf8Bytes(comparison, FlagCloudJson.Options));
        var upload = new BlobUploadOptions { HttpHeaders = new() { ContentType = "application/json" } };
        await patience.ExecuteAsync(async _ => await Blob(comparison.Id, RecordSuffix).UploadAsync(json, upload, CancellationToken.None));
    }

    /// <summary>Adds the downloads of one run, whole or not at all.</summary>
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
            await blob.CreateIfNotExistsAsync(new() { HttpHeaders = new() { ContentType = "application/x-ndjson" } }, token);
            lines.Position = 0;
            try
            {
                await blob.AppendBlockAsync(lines, new() { Conditions = new() { IfAppendPositionEqual = offset } }, token);
            }
            catch (RequestFailedException e) when (e.Status == 412)
            {
                // The block had arrived, and only the answer was lost; anything else is an error.
                if (await Length(blob, token) != offset + lines.Length) throw;
            }
        });
        return offset + lines.Length;
    }

    public async Task<Comparison?> Load(string id, CancellationToken cancellationToken)
    {
        try
        {
            var blob = await Blob(id, RecordSuffix).DownloadContentAsync(cancellationToken);
            return blob.Value.Content.ToObjectFromJson<Comparison>(FlagCloudJson.Options);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    /// <summary>The downloads of all runs that have ended, in the order of their ends, read as they are taken.</summary>
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

    BlobClient Blob(string id, string suffix) => container.GetBlobClient(id + suffix);

    static async Task<long> Length(AppendBlobClient blob, CancellationToken cancellationToken) =>
        (await blob.GetPropertiesAsync(cancellationToken: cancellationToken)).Value.ContentLength;
}
