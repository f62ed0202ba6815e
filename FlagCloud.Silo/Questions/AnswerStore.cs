using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using FlagCloud.Contracts;

namespace FlagCloud.Silo.Questions;

/// <summary>Answers in container <c>answers</c>: <c>{id}.json</c>.</summary>
sealed class AnswerStore(BlobServiceClient blobs)
{
    public const string Container = "answers";

    const string Suffix = ".json";

    readonly BlobContainerClient container = blobs.GetBlobContainerClient(Container);

    public Task Save(Answer answer) => Blob(answer.Id).UploadAsync(
        BinaryData.FromBytes(JsonSerializer.SerializeToUtf8Bytes(answer, FlagCloudJson.Options)),
        new BlobUploadOptions
        {
            HttpHeaders = new() { ContentType = "application/json" },
            Metadata = new Dictionary<string, string> { ["question"] = answer.Question },
        },
        CancellationToken.None);

    public async Task<Answer?> Load(string id, CancellationToken cancellationToken)
    {
        try
        {
            var blob = await Blob(id).DownloadContentAsync(cancellationToken);
            return blob.Value.Content.ToObjectFromJson<Answer>(FlagCloudJson.Options);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    /// <summary>Ids and questions of all answers, newest first.</summary>
    public async Task<IReadOnlyList<(string Id, string Question)>> Newest(CancellationToken cancellationToken)
    {
        var answers = new List<(string Id, string Question)>();
        await foreach (var blob in container.GetBlobsAsync(new GetBlobsOptions { Traits = BlobTraits.Metadata }, cancellationToken))
            answers.Add((blob.Name[..^Suffix.Length], blob.Metadata.TryGetValue("question", out var question) ? question : ""));
        answers.Sort((one, other) => string.CompareOrdinal(other.Id, one.Id));
        return answers;
    }

    BlobClient Blob(string id) => container.GetBlobClient(id + Suffix);
}
