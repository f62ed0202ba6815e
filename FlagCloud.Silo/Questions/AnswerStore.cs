using Azure;
using Azure.Storage.Blobs;
using FlagCloud.Contracts;
using FlagCloud.Silo.Storage;

namespace FlagCloud.Silo.Questions;

/// <summary>Answers in container <c>answers</c>: <c>{id}.json</c>.</summary>
sealed class AnswerStore(BlobServiceClient blobs, TimeProvider time)
{
    public const string Container = "answers";

    // How far back unfinished experiments are looked for.
    const int Recent = 25;

    const string AskedOf = "question";

    readonly RecordBlobs<Answer> records = new(blobs.GetBlobContainerClient(Container), Patience.Of(time));

    /// <inheritdoc cref="RecordBlobs{T}.Save"/>
    public Task<ETag> Save(Answer answer, ETag? last) =>
        records.Save(answer.Id, answer, last, new Dictionary<string, string> { [AskedOf] = answer.Question });

    public Task<(Answer Record, ETag ETag)?> Load(string id, CancellationToken cancellationToken) => records.Load(id, cancellationToken);

    /// <summary>Ids and questions of all answers, newest first.</summary>
    public async Task<IReadOnlyList<(string Id, string Question)>> Newest(CancellationToken cancellationToken) =>
        [.. (await records.Newest(cancellationToken)).Select(answer => (answer.Id, answer.Metadata.TryGetValue(AskedOf, out var question) ? question : ""))];

    /// <summary>Experiments that have not ended.</summary>
    public async Task<IReadOnlyList<Answer>> Unfinished(CancellationToken cancellationToken)
    {
        var found = await Task.WhenAll((await Newest(cancellationToken)).Take(Recent).Select(answer => Load(answer.Id, cancellationToken)));
        return [.. found.OfType<(Answer Record, ETag)>().Select(answer => answer.Record).Where(answer => !answer.Ended)];
    }
}
