using FlagCloud.Contracts;

namespace FlagCloud.Silo.Comparisons;

/// <summary>Finds comparisons, for the API and for the pages alike: a final record in storage, one that can still change at its grain.</summary>
sealed class ComparisonReader(ComparisonStore store, IGrainFactory grains)
{
    public async Task<Comparison?> Find(string? id, CancellationToken cancellationToken)
    {
        if (id is null || !ComparisonId.IsWellFormed(id)) return null;
        var stored = (await store.Load(id, cancellationToken))?.Record;
        return stored is null or { Ended: true } ? stored : await grains.GetGrain<IControllerGrain>(id).Get();
    }

    public async Task<IReadOnlyList<Comparison>> Newest(int count, CancellationToken cancellationToken)
    {
        var found = await Task.WhenAll((await store.Newest(count, cancellationToken)).Select(id => Find(id, cancellationToken)));
        return [.. found.OfType<Comparison>()];
    }

    public Task<Comparison?> Cancel(string id) => grains.GetGrain<IControllerGrain>(id).Cancel();

    /// <summary>The downloads of one round, by strategy, in the order of their starts.</summary>
    public async Task<ILookup<string, Download>> Round(string id, int round, CancellationToken cancellationToken)
    {
        var downloads = new List<Download>();
        await foreach (var download in store.Downloads(id, cancellationToken))
            if (download.Round == round) downloads.Add(download);
        return downloads.OrderBy(download => download.SubmitIndex).ToLookup(download => download.Strategy);
    }
}
