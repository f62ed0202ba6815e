using FlagCloud.Contracts;
using FlagCloud.Silo.Comparisons;

namespace FlagCloud.Silo.Questions;

/// <summary>Starts experiments, for the API and for the pages alike. They wait in the queue of comparisons, and within its limit.</summary>
sealed class QuestionStarter(IGrainFactory grains, TimeProvider time)
{
    /// <summary>Null where too many wait already. Throws <see cref="HttpRequestException"/> where the origin does not answer.</summary>
    public async Task<Answer?> Start(Question question)
    {
        var id = AnswerId.New(time);
        return await grains.GetGrain<IQueueGrain>(0).Reserve(id) ? await grains.GetGrain<IQuestionGrain>(id).Start(question.Id) : null;
    }
}
