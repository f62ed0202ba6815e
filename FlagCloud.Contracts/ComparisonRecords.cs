using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace FlagCloud.Contracts;

/// <summary>
/// Where comparisons lie, and how they are read: container <c>comparisons</c>, the record in <c>{id}.json</c>, every download of every run in
/// <c>{id}.downloads.ndjson</c>. Only the silo that runs a comparison writes them.
/// </summary>
public sealed class ComparisonRecords(BlobServiceClient blobs)
{
    public const string Container = "comparisons";

    /// <summary>Metadata of a record's blob, so that a list need not open every record: the question's id, and whether the comparison has ended.</summary>
    public const string QuestionKey = "question", EndedKey = "ended";

    const string RecordSuffix = ".json", DownloadsSuffix = ".downloads.ndjson";

    readonly BlobContainerClient container = blobs.GetBlobContainerClient(Container);

    public static string RecordName(string id) => id + RecordSuffix;
    public static string DownloadsName(string id) => id + DownloadsSuffix;

    /// <summary>The record as it is written down; null if there is none.</summary>
    public async Task<StoredComparison?> Find(string? id, CancellationToken cancellationToken)
    {
        if (!ComparisonId.IsWellFormed(id)) return null;
        var blob = await container.GetBlobClient(RecordName(id!)).DownloadContentAsync(cancellationToken).IfThere();
        return blob is null ? null : new(Read(id!, blob.Content, blob.Details.LastModified), blob.Details.ETag);
    }

    /// <summary>Of all comparisons the ids, newest first, with what their blobs' metadata says. Blobs that nobody here has named are passed over.</summary>
    public async Task<IReadOnlyList<ListedComparison>> List(CancellationToken cancellationToken)
    {
        var found = new List<ListedComparison>();
        try
        {
            await foreach (var blob in container.GetBlobsAsync(new GetBlobsOptions { Traits = BlobTraits.Metadata }, cancellationToken))
                if (blob.Name.EndsWith(RecordSuffix, StringComparison.Ordinal) && blob.Name[..^RecordSuffix.Length] is var id && ComparisonId.IsWellFormed(id))
                    found.Add(new(id, blob.Metadata.AsReadOnly().GetValueOrDefault(QuestionKey), blob.Metadata.AsReadOnly().GetValueOrDefault(EndedKey) is "true"));
        }
        catch (RequestFailedException e) when (e.Status is 404)
        {
            // No container: nothing was ever run.
        }
        found.Sort((one, other) => string.CompareOrdinal(other.Id, one.Id));
        return found;
    }

    /// <summary>The downloads that are written down, in the order of their ends, read as they are taken.</summary>
    public async IAsyncEnumerable<Download> Downloads(string id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Stream content;
        try
        {
            // Of a comparison that runs, more is appended while it is read.
            content = await container.GetBlobClient(DownloadsName(id)).OpenReadAsync(new BlobOpenReadOptions(allowModifications: true), cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status is 404)
        {
            yield break;
        }
        using var reader = new StreamReader(content);
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
            yield return JsonSerializer.Deserialize<Download>(line, FlagCloudJson.Options)!;
    }

    /// <summary>The downloads of one round, by trial, in the order of their starts.</summary>
    public async Task<ILookup<string, Download>> Round(string id, int round, CancellationToken cancellationToken) =>
        (await Downloads(id, cancellationToken).Where(download => download.Round == round).OrderBy(download => download.SubmitIndex).ToListAsync(cancellationToken))
        .ToLookup(download => download.Name);

    // A blob that is cut, empty or somebody else's must not hide all others.
    static Comparison Read(string id, BinaryData content, DateTimeOffset writtenAt)
    {
        try
        {
            return content.ToObjectFromJson<Comparison>(FlagCloudJson.Options) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            return new()
            {
                Id = id,
                Status = ComparisonStatus.Unreadable,
                Reason = $"{RecordName(id)} is not the record of a comparison: {e.Message.Split('\n')[0]}",
                CreatedAt = writtenAt,
                Settings = new(),
                Environment = new() { Machine = "", OperatingSystem = "", Cores = 0, Runtime = "", GcMode = "", BuildConfiguration = "", Origin = "", Storage = "", Silos = [] },
            };
        }
    }
}

/// <param name="ETag">Whoever writes the record next must have seen this version.</param>
public sealed record StoredComparison(Comparison Record, ETag ETag);

/// <param name="Question">Id of the question that it answers; null for a comparison of strategies.</param>
public sealed record ListedComparison(string Id, string? Question, bool Ended);
