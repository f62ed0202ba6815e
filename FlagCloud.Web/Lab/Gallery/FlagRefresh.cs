using FlagCloud.Contracts;
using FlagCloud.Silo.Comparisons;

namespace FlagCloud.Silo.Components.Gallery;

/// <summary>Asks the origin whether stored flags are still current: a comparison of one strategy and one round, which waits for its turn as all do.</summary>
sealed class FlagRefresh(ComparisonStarter starter, IGrainFactory grains)
{
    const string Strategy = "async", Otherwise = "local";

    /// <summary>The comparison that does it, or why there is none.</summary>
    public async Task<(Comparison? Comparison, string? Refusal)> Start(IReadOnlyList<StoredFlag> flags, CancellationToken cancellationToken)
    {
        try
        {
            var started = await starter.Start(
                new()
                {
                    Strategies = [Strategy],
                    Countries = CountrySelection.Of([.. flags.Select(flag => flag.Country)]),
                    Profile = flags.Select(ProfileOf).GroupBy(profile => profile).MaxBy(group => group.Count())!.Key,
                    Warmup = false,
                    Mode = nameof(FetchMode.Refresh),
                    Work = flags.All(flag => flag.ContentEncoding is "br") ? nameof(WorkKind.Brotli) : null,
                },
                cancellationToken);
            return started switch
            {
                { IsFull: true } => (null, "Too many comparisons wait already; wait for one to end, or cancel one."),
                { Comparison: null } => (null, string.Join(" ", started.Errors.Values.SelectMany(messages => messages))),
                _ => (started.Comparison, null),
            };
        }
        catch (HttpRequestException e)
        {
            return (null, $"The flag origin does not answer: {e.Message}");
        }
    }

    public async Task<Comparison> End(string id, CancellationToken cancellationToken)
    {
        await foreach (var happened in grains.GetGrain<IControllerGrain>(id).Watch(cancellationToken))
            if (happened.Comparison is { Ended: true } record) return record;
        throw new InvalidOperationException($"The events of {id} ended without a final record.");
    }

    // Only the same source can say that a flag has not changed: /{profile}/flags/{code}.svg.
    static string ProfileOf(StoredFlag flag) =>
        Uri.TryCreate(flag.Source, UriKind.Absolute, out var source) && source.Segments is [_, var profile, "flags/", _] ? profile.TrimEnd('/') : Otherwise;
}
