using FlagCloud.Contracts;
using Orleans.Concurrency;

namespace FlagCloud.Silo.Comparisons;

/// <summary>One comparison; its key is the comparison's id. No call waits for the comparison to end: start it, then watch.</summary>
[Alias("FlagCloud.IControllerGrain")]
public interface IControllerGrain : IGrainWithStringKey
{
    /// <summary>Writes the record and puts the comparison into the cluster's queue. Asked twice, it starts once.</summary>
    [Alias("Start")]
    Task<Comparison> Start(ComparisonSettings settings);

    /// <summary>The queue's word that it is this comparison's turn.</summary>
    /// <returns>Whether there is anything to run; if not, the next in the queue may.</returns>
    [Alias("Begin"), AlwaysInterleave]
    Task<bool> Begin();

    /// <summary>The record as it stands; null if there is no such comparison.</summary>
    [Alias("Get"), AlwaysInterleave]
    Task<Comparison?> Get();

    /// <summary>Stops the downloads that are under way and starts no further one; returns the record, final if that took a few seconds at most.</summary>
    [Alias("Cancel"), AlwaysInterleave]
    Task<Comparison?> Cancel();

    /// <summary>Everything that happens from now on, after what is known already; ends with the final record.</summary>
    [Alias("Watch"), AlwaysInterleave]
    IAsyncEnumerable<ComparisonEvent> Watch(CancellationToken cancellationToken);
}
