using FlagCloud.Contracts;

namespace FlagCloud.Silo.Questions;

/// <summary>Finds answers: a final record in storage, one that can still change at its grain.</summary>
sealed class AnswerReader(AnswerStore store, IGrainFactory grains)
{
    public async Task<Answer?> Find(string id, CancellationToken cancellationToken)
    {
        if (!AnswerId.IsWellFormed(id)) return null;
        var stored = await store.Load(id, cancellationToken);
        return stored is null or { Ended: true } ? stored : await grains.GetGrain<IQuestionGrain>(id).Get();
    }

    /// <summary>The newest answer of each question that has one, by the question's id.</summary>
    public async Task<IReadOnlyDictionary<string, Answer>> Newest(CancellationToken cancellationToken)
    {
        var ids = (await store.Newest(cancellationToken)).DistinctBy(answer => answer.Question).Select(answer => answer.Id);
        var answers = await Task.WhenAll(ids.Select(id => Find(id, cancellationToken)));
        return answers.OfType<Answer>().ToDictionary(answer => answer.Question);
    }

    public Task<Answer?> Cancel(string id) => grains.GetGrain<IQuestionGrain>(id).Cancel();
}
