namespace FlagCloud.Silo.Comparisons;

/// <summary>Lets comparisons run one at a time in the whole cluster, in the order in which they came. There is one, with key 0.</summary>
[Alias("FlagCloud.IQueueGrain")]
public interface IQueueGrain : IGrainWithIntegerKey
{
    /// <summary>Takes a place for a comparison that is about to start.</summary>
    /// <returns>False if too many wait already.</returns>
    [Alias("Reserve")]
    Task<bool> Reserve(string comparisonId);

    /// <summary>Asks for a turn. Repeating it changes nothing, so that a queue that was lost with its silo fills again.</summary>
    [Alias("Enter")]
    Task Enter(string comparisonId);

    /// <summary>Lets whoever is first begin, if nobody has told him yet.</summary>
    [Alias("Wake")]
    Task Wake();

    /// <summary>Gives the turn, or the place in the queue, back.</summary>
    [Alias("Leave")]
    Task Leave(string comparisonId);
}
