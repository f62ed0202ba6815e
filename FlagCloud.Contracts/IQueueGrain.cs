using Orleans.Concurrency;

namespace FlagCloud.Contracts;

/// <summary>Lets comparisons run one at a time in the whole cluster, in the order in which they came. There is one, with key 0.</summary>
[Alias("FlagCloud.IQueueGrain")]
public interface IQueueGrain : IGrainWithIntegerKey
{
    /// <summary>Behind the one whose turn it is.</summary>
    const int MaxWaiting = 20;

    /// <summary>Takes a place for a comparison that is about to be written down.</summary>
    /// <returns>False if too many wait already.</returns>
    [Alias("Enter")] Task<bool> Enter(string comparisonId);

    /// <summary>A comparison that has entered is written down: whoever watches is told of it, and it begins when its turn comes.</summary>
    [Alias("Written")] Task Written(string comparisonId);

    /// <summary>Gives the turn, or the place in the queue, back.</summary>
    [Alias("Leave")] Task Leave(string comparisonId);

    /// <summary>The ids of the comparisons that have not ended, the running one first: now, and again whenever that changes.</summary>
    [Alias("Watch"), AlwaysInterleave] IAsyncEnumerable<IReadOnlyList<string>> Watch(CancellationToken cancellationToken);
}
