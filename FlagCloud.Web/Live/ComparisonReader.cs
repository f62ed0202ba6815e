using Microsoft.Extensions.Caching.Memory;

namespace FlagCloud.Web.Live;

/// <summary>Finds comparisons, for the API and for the pages alike: one that has ended in storage, and there once, one that can still change at its grain.</summary>
sealed class ComparisonReader(ComparisonRecords records, Silos silos) : IDisposable
{
    const int HeldRuns = 50_000;

    readonly MemoryCache held = new(new MemoryCacheOptions { SizeLimit = HeldRuns });

    /// <summary>As it is written down: of one that has not ended, as it was when its last run ended.</summary>
    public async Task<Comparison?> Stored(string? id, CancellationToken cancellationToken)
    {
        if (id is null) return null;
        if (held.TryGetValue(id, out Comparison? known)) return known;
        var record = (await records.Find(id, cancellationToken))?.Record;
        if (record is { Ended: true, Status: not ComparisonStatus.Unreadable }) held.Set(id, record, new MemoryCacheEntryOptions { Size = 1 + record.Runs.Count });
        return record;
    }

    public async Task<Comparison?> Find(string id, CancellationToken cancellationToken)
    {
        var stored = await Stored(id, cancellationToken);
        return stored is { Ended: false } ? await Current(stored) : stored;
    }

    /// <summary>The newest, newest first. Without a silo, those that have not ended are shown as they are written down.</summary>
    public async Task<IReadOnlyList<Comparison>> Newest(int count, CancellationToken cancellationToken)
    {
        var found = await Task.WhenAll((await records.List(cancellationToken)).Take(count).Select(listed => Stored(listed.Id, cancellationToken)));
        return await Task.WhenAll(found.OfType<Comparison>().Select(async record =>
        {
            try
            {
                return record.Ended ? record : await Current(record);
            }
            catch (SiloSilentException)
            {
                return record;
            }
        }));
    }

    /// <summary>What can be asked for, with each question's newest answer.</summary>
    public async Task<Choices> Choices(CancellationToken cancellationToken)
    {
        var choices = await silos.Read(grains => grains.GetGrain<IChoicesGrain>(0).Get());
        var listed = await records.List(cancellationToken);
        return choices with { Questions = [.. choices.Questions.Select(question => question with { LastAnswer = listed.FirstOrDefault(one => one.Question == question.Id)?.Id })] };
    }

    public void Dispose() => held.Dispose();

    async Task<Comparison> Current(Comparison stored) => await silos.Read(grains => grains.GetGrain<IControllerGrain>(stored.Id).Get()) ?? stored;
}
