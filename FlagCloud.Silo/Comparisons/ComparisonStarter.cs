using FlagCloud.Contracts;

namespace FlagCloud.Silo.Comparisons;

/// <summary>Starts comparisons, for the API and for the pages alike, within limits on their size and number.</summary>
sealed class ComparisonStarter(SettingsReader reader, IGrainFactory grains, TimeProvider time)
{
    /// <summary>In one comparison, warm-up included: some fifteen times all flags in three strategies and 20 rounds.</summary>
    public const int MaxDownloads = 250_000;

    /// <summary>Throws <see cref="HttpRequestException"/> where the origin does not say which profiles it has.</summary>
    public async Task<StartResult> Start(ComparisonRequest request, CancellationToken cancellationToken)
    {
        var (settings, errors) = await reader.Read(request, cancellationToken);
        if (settings is not null && Downloads(settings) is > MaxDownloads and var asked)
            errors["rounds"] = [$"{settings.Strategies.Count} strategies, {settings.Countries.Count} countries and {settings.MaxRounds ?? settings.Rounds} rounds are {asked} downloads. At most {MaxDownloads} are allowed; ask for fewer rounds or countries."];
        if (settings is null || errors.Count > 0) return new(null, errors, false);
        var id = ComparisonId.New(time);
        if (!await grains.GetGrain<IQueueGrain>(0).Reserve(id)) return new(null, [], true);
        return new(await grains.GetGrain<IControllerGrain>(id).Start(settings), [], false);
    }

    static long Downloads(ComparisonSettings settings) =>
        (long)settings.Strategies.Count * settings.Countries.Count * ((settings.MaxRounds ?? settings.Rounds) + (settings.Warmup ? 1 : 0));
}
