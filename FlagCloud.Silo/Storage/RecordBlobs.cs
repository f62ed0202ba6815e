using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using FlagCloud.Contracts;
using Polly;

namespace FlagCloud.Silo.Storage;

/// <summary>Records as JSON, <c>{id}.json</c> in one container, each written by one activation at a time.</summary>
sealed class RecordBlobs<T>(BlobContainerClient container, ResiliencePipeline patience)
{
    const string Suffix = ".json";

    /// <param name="last">What this or <see cref="Load"/> returned last; null for a record that must not exist yet.</param>
    /// <exception cref="OwnershipLostException">Another activation has written the record since: this one was given up for dead.</exception>
    public async Task<ETag> Save(string id, T record, ETag? last, IDictionary<string, string>? metadata = null)
    {
        var json = BinaryData.FromBytes(JsonSerializer.SerializeToUtf8Bytes(record, FlagCloudJson.Options));
        var upload = new BlobUploadOptions
        {
            HttpHeaders = new() { ContentType = "application/json" },
            Metadata = metadata,
            Conditions = last is null ? new() { IfNoneMatch = ETag.All } : new() { IfMatch = last },
        };
        return await patience.ExecuteAsync(async token =>
        {
            try
            {
                return (await Blob(id).UploadAsync(json, upload, CancellationToken.None)).Value.ETag;
            }
            catch (RequestFailedException e) when (e.Status is 409 or 412)
            {
                // Either an earlier try had arrived and only its answer was lost, or somebody else has written.
                var stored = (await Blob(id).DownloadContentAsync(token)).Value;
                return stored.Content.ToMemory().Span.SequenceEqual(json.ToMemory().Span) ? stored.Details.ETag : throw new OwnershipLostException(id);
            }
        });
    }

    public async Task<(T Record, ETag ETag)?> Load(string id, CancellationToken cancellationToken)
    {
        try
        {
            var blob = await Blob(id).DownloadContentAsync(cancellationToken);
            return (blob.Value.Content.ToObjectFromJson<T>(FlagCloudJson.Options)!, blob.Value.Details.ETag);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    /// <summary>All ids with their metadata, newest first: an id begins with its time.</summary>
    public async Task<IReadOnlyList<(string Id, IDictionary<string, string> Metadata)>> Newest(CancellationToken cancellationToken)
    {
        var found = new List<(string Id, IDictionary<string, string> Metadata)>();
        await foreach (var blob in container.GetBlobsAsync(new GetBlobsOptions { Traits = BlobTraits.Metadata }, cancellationToken))
            if (blob.Name.EndsWith(Suffix, StringComparison.Ordinal))
                found.Add((blob.Name[..^Suffix.Length], blob.Metadata));
        found.Sort((one, other) => string.CompareOrdinal(other.Id, one.Id));
        return found;
    }

    BlobClient Blob(string id) => container.GetBlobClient(id + Suffix);
}
