using FlagCloud.Contracts;
using Orleans.Concurrency;

namespace FlagCloud.Silo.Questions;

/// <summary>One experiment on one question; its key is the answer's id. No call waits for it to end: start it, then ask how it stands.</summary>
[Alias("FlagCloud.IQuestionGrain")]
public interface IQuestionGrain : IGrainWithStringKey
{
    /// <summary>Writes the record and puts the experiment into the cluster's queue, behind the comparisons that wait there. Asked twice, it starts once.</summary>
    /// <param name="question">The id of a question that there is.</param>
    [Alias("Start")]
    Task<Answer> Start(string question);

    /// <summary>The queue's word that it is this experiment's turn.</summary>
    /// <returns>Whether there is anything to run; if not, the next in the queue may.</returns>
    [Alias("Begin"), AlwaysInterleave]
    Task<bool> Begin();

    /// <summary>The record as it stands; null if there is no such answer.</summary>
    [Alias("Get"), AlwaysInterleave]
    Task<Answer?> Get();

    /// <summary>Stops the downloads that are under way and starts no further one.</summary>
    [Alias("Cancel"), AlwaysInterleave]
    Task<Answer?> Cancel();
}
