namespace FlagCloud.Web.Access;

/// <summary>Everything that changes anything, for API and pages alike: nobody else asks a grain for a change, and nobody gets past here without the key.</summary>
sealed class Changes(Visitor visitor, Silos silos, TimeProvider time)
{
    public Task<StartResult> Start(ComparisonSettings settings) => New(controller => controller.Start(settings));

    /// <param name="question">Id or number.</param>
    public Task<StartResult> Ask(string question) => New(controller => controller.Ask(question));

    /// <summary>Asks the origin whether stored flags are still current: a comparison of one strategy and one round, which waits for its turn as all do.</summary>
    public Task<StartResult> Refresh(IReadOnlyList<StoredFlag> flags) => Start(new()
    {
        Strategies = ["async"],
        Countries = [.. flags.Select(flag => flag.Country)],
        Profile = flags.Select(ProfileOf).GroupBy(profile => profile).MaxBy(group => group.Count())!.Key,
        Rounds = 1,
        Warmup = false,
        Mode = FetchMode.Refresh,
        Work = flags.All(flag => flag.ContentEncoding is "br") ? WorkKind.Brotli : WorkKind.None,
    });

    /// <summary>The record, final if that took a few seconds at most; null if there is no such comparison. Asks the grain and not storage, which may be what is stuck.</summary>
    public async Task<Comparison?> Cancel(string id) => ComparisonId.IsWellFormed(id) ? await Change(grains => grains.GetGrain<IControllerGrain>(id).Cancel()) : null;

    Task<StartResult> New(Func<IControllerGrain, Task<StartResult>> start) => Change(grains => start(grains.GetGrain<IControllerGrain>(ComparisonId.New(time))));

    async Task<T> Change<T>(Func<IGrainFactory, Task<T>> call) => visitor.MayChange ? await silos.Change(call) : throw visitor.Refused;

    // Only the same source can say that a flag has not changed: /{profile}/flags/{code}.svg.
    static string ProfileOf(StoredFlag flag) =>
        Uri.TryCreate(flag.Source, UriKind.Absolute, out var source) && source.Segments is [_, var profile, "flags/", _] ? profile.TrimEnd('/') : "local";
}
