using FlagCloud.Contracts;

namespace FlagCloud.Silo.Questions;

/// <summary>Finds answers, for the API and for the pages alike: a final record in storage, one that can still change at its grain.</summary>
sealed class AnswerReader(AnswerStore store, IGrainFactory grains)
{
    public async Task<Answer?> Find(string id, CancellationToken cancellationToken)
    {
        if (!AnswerId.IsWellFormed(id)) return null;
        var stored = (await store.Load(id, cancellationToken))?.Record;
        return stored is null or { Ended: true } ? stored : await grains.GetGrain<IQuestionGrain>(id).Get();
    }

    public async Task<IReadOnlyList<Answer>> Newest(int count, CancellationToken cancellationToken) =>
        await All((await store.Newest(cancellationToken)).Take(count), cancellationToken);

    /// <summary>The newest answer of each question that has one, by the question's id.</summary>
    public async Task<IReadOnlyDictionary<string, Answer>> NewestByQuestion(CancellationToken cancellationToken) =>
        (await All((await store.Newest(cancellationToken)).DistinctBy(answer => answer.Question), cancellationToken)).ToDictionary(answer => answer.Question);

    public Task<Answer?> Cancel(string id) => grains.GetGrain<IQuestionGrain>(id).Cancel();

    async Task<IReadOnlyList<Answer>> All(IEnumerable<(string Id, string Question)> answers, CancellationToken cancellationToken) =>
        [.. (await Task.WhenAll(answers.Select(answer => Find(answer.Id, cancellationToken)))).OfType<Answer>()];
}
