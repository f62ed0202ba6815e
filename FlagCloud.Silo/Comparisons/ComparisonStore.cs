using System.Text.Json;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using OpenTelemetry;

namespace FlagCloud.Silo.Comparisons;

/// <summary>The work on a record goes on elsewhere: the cluster took this silo for dead, and it must not write any more.</summary>
sealed class OwnershipLostException(string id) : Exception($"{id} is run by another silo by now.");

/// <summary>
/// Writes one comparison where <see cref="ComparisonRecords"/> reads it, for the activation that runs it: the record as a whole, and the downloads as they end, so that
/// whoever resumes it knows what need not be done again. Nobody has asked for these writes, so they make no spans.
/// </summary>
/// <exception cref="OwnershipLostException">From all that writes: another activation has written since, and this one was given up for dead.</exception>
sealed class ComparisonStore(BlobServiceClient blobs, ComparisonRecords records, TimeProvider time)
{
    const int RefusalRetries = 2;
    static readonly TimeSpan CreatePatience = TimeSpan.FromSeconds(5);

    readonly BlobContainerClient container = blobs.GetBlobContainerClient(ComparisonRecords.Container);

    // Beyond the client's own retries: a record is worth waiting for a storage that is being restarted, and a refusal may pass, too.
    readonly ResiliencePipeline patience = Retries.While(
        (e, before) => e is AggregateException or RequestFailedException { Status: 0 } or RequestFailedException { ErrorCode: "ContainerBeingDeleted" }
            || (e is RequestFailedException && before < RefusalRetries),
        TimeSpan.FromSeconds(2), time, most: 8);

    string id = "";
    ETag? last;
    long length; // Of what is written down of the downloads, bytes.
    Download[] pending = [];

    /// <summary>The record as it is written down; null if there is none.</summary>
    public async Task<Comparison?> Open(string comparisonId, CancellationToken cancellationToken)
    {
        var found = await records.Find(id = comparisonId, cancellationToken);
        last = found?.ETag;
        return found?.Record;
    }

    /// <summary>Writes the record of a comparison that begins, or throws within a few seconds: then nothing was begun.</summary>
    public async Task Create(Comparison comparison)
    {
        using var quiet = SuppressInstrumentationScope.Begin();
        var write = Write(comparison);
        try
        {
            await write.WaitAsync(CreatePatience, time);
        }
        catch
        {
            _ = Discard(write);
            throw;
        }
    }

    public async Task Save(Comparison comparison)
    {
        using var quiet = SuppressInstrumentationScope.Begin();
        await patience.ExecuteAsync(async _ => await Write(comparison));
    }

    /// <param name="ended">The runs that have ended: all that is written down after them is of the one that did not.</param>
    /// <returns>What is written down of that one.</returns>
    public async Task<IReadOnlyList<Download>> Resume(IReadOnlyList<Run> ended)
    {
        using var quiet = SuppressInstrumentationScope.Begin();
        if (!await Downloads.ExistsAsync()) return [];
        length = await Length(CancellationToken.None);
        return await records.Downloads(id, CancellationToken.None).Skip(ended.Sum(run => run.Requested)).ToListAsync();
    }

    /// <summary>Adds the downloads of a run that have ended since the last time. What storage refuses is added with the next call.</summary>
    /// <param name="stopping">The silo is going down: what that broke is not an outcome, and will be done again.</param>
    public async Task Append(MeasuredRun run, bool stopping)
    {
        await AppendPending(); // By itself: if it had arrived, and only the answer was lost, storage knows it again.
        var downloads = run.TakeEnded();
        pending = [.. stopping ? downloads.Where(download => download.Outcome is not (Outcome.Cancelled or Outcome.Error)) : downloads];
        await AppendPending();
    }

    AppendBlobClient Downloads => container.GetAppendBlobClient(ComparisonRecords.DownloadsName(id));

    // Whole or not at all, and after what was there: a second try after a lost answer cannot add them twice.
    async Task AppendPending()
    {
        if (pending is []) return;
        using var quiet = SuppressInstrumentationScope.Begin();
        using var lines = new MemoryStream();
        foreach (var download in pending)
        {
            JsonSerializer.Serialize(lines, download, FlagCloudJson.Options);
            lines.WriteByte((byte)'\n');
        }
        await patience.ExecuteAsync(async token =>
        {
            if (length is 0)
                await container.CreatedIfLost(() => Downloads.CreateIfNotExistsAsync(new() { HttpHeaders = new() { ContentType = "application/x-ndjson" } }, token), token);
            lines.Position = 0;
            try
            {
                // An append block may have 100 MiB; a run of every flag has a fifth of one.
                await Downloads.AppendBlockAsync(lines, new() { Conditions = new() { IfAppendPositionEqual = length } }, token);
            }
            catch (RequestFailedException e) when (e.Status is 412)
            {
                // Either the block had arrived and only the answer was lost, or somebody else has appended.
                if (await Length(token) != length + lines.Length) throw new OwnershipLostException(id);
            }
        });
        (length, pending) = (length + lines.Length, []);
    }

    async Task Write(Comparison comparison)
    {
        var blob = container.GetBlobClient(ComparisonRecords.RecordName(id));
        var json = BinaryData.FromBytes(JsonSerializer.SerializeToUtf8Bytes(comparison, FlagCloudJson.Options));
        var upload = new BlobUploadOptions
        {
            HttpHeaders = new() { ContentType = "application/json" },
            Metadata = new Dictionary<string, string> { [ComparisonRecords.EndedKey] = comparison.Ended ? "true" : "false" },
            Conditions = last is null ? new() { IfNoneMatch = ETag.All } : new() { IfMatch = last },
        };
        if (comparison.Question is { } question) upload.Metadata[ComparisonRecords.QuestionKey] = question;
        try
        {
            last = (await container.CreatedIfLost(() => blob.UploadAsync(json, upload, CancellationToken.None))).Value.ETag;
        }
        catch (RequestFailedException e) when (e.Status is 409 or 412 && e.ErrorCode is not "ContainerBeingDeleted")
        {
            // Either an earlier try had arrived and only its answer was lost, or somebody else has written.
            var stored = (await blob.DownloadContentAsync()).Value;
            last = stored.Content.ToMemory().Span.SequenceEqual(json.ToMemory().Span) ? stored.Details.ETag : throw new OwnershipLostException(id);
        }
    }

    // Its caller was told that nothing began: a record that arrives late must not begin by itself.
    async Task Discard(Task write)
    {
        using var quiet = SuppressInstrumentationScope.Begin();
        await write.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        try
        {
            await patience.ExecuteAsync(async token => await container.GetBlobClient(ComparisonRecords.RecordName(id)).DeleteIfExistsAsync(cancellationToken: token));
            last = null;
        }
        catch (Exception e) when (e.IsOfStorage())
        {
            // Storage did not come back within its patience. Should the record have arrived all the same, it is queued, and can be cancelled.
        }
    }

    async Task<long> Length(CancellationToken cancellationToken) => (await Downloads.GetPropertiesAsync(cancellationToken: cancellationToken)).Value.ContentLength;
}
