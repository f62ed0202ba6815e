using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using FlagCloud.Contracts;
using FlagCloud.Silo.Storage;
using Polly;

namespace FlagCloud.Silo.Comparisons;

/// <summary>Records in container <c>comparisons</c>: <c>{id}.json</c>, and every download of every run in <c>{id}.downloads.ndjson</c>.</summary>
sealed class ComparisonStore(BlobServiceClient blobs, TimeProvider time)
{
    public const string Container = "comparisons";

    // How far back unfinished comparisons are looked for.
    const int Recent = 100;

    const string DownloadsSuffix = ".downloads.ndjson";

    // An append block may have 100 MiB; a run of every flag has a fifth of one.
    readonly BlobContainerClient container = blobs.GetBlobContainerClient(Container);

    readonly ResiliencePipeline patience = Patience.Of(time);

    RecordBlobs<Comparison> Records => new(container, patience);

    /// <inheritdoc cref="RecordBlobs{T}.Save"/>
    public Task<ETag> Save(Comparison comparison, ETag? last) => Records.Save(comparison.Id, comparison, last);

    public Task<(Comparison Record, ETag ETag)?> Load(string id, CancellationToken cancellationToken) => Records.Load(id, cancellationToken);

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
            content = await container.GetBlobClient(id + DownloadsSuffix).OpenReadAsync(cancellationToken: cancellationToken);
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
    public async Task<IReadOnlyList<string>> Newest(int count, CancellationToken cancellationToken) =>
        [.. (await Records.Newest(cancellationToken)).Take(count).Select(record => record.Id)];

    /// <summary>Comparisons that have not ended.</summary>
    public async Task<IReadOnlyList<Comparison>> Unfinished(CancellationToken cancellationToken)
    {
        var records = new List<Comparison>();
        foreach (var id in await Newest(Recent, cancellationToken))
            if (await Load(id, cancellationToken) is { Record: { Ended: false } record })
                records.Add(record);
        return records;
    }

    static async Task<long> Length(AppendBlobClient blob, CancellationToken cancellationToken) =>
        (await blob.GetPropertiesAsync(cancellationToken: cancellationToken)).Value.ContentLength;
}
