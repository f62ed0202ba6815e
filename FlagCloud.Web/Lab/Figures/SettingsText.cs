using System.Globalization;
using FlagCloud.Contracts;
using FlagCloud.Silo.Flags;

namespace FlagCloud.Silo.Components.Figures;

/// <summary>Settings as a person reads them.</summary>
static class SettingsText
{
    public static string Short(ComparisonSettings settings) => string.Create(CultureInfo.InvariantCulture,
        $"{string.Join(", ", settings.Strategies)} · {Countries(settings)} · {settings.Profile} · {settings.Concurrency} in flight · {settings.Rounds} {(settings.Rounds is 1 ? "round" : "rounds")}");

    public static string Countries(ComparisonSettings settings) =>
        settings.Countries.SequenceEqual(Catalogue.Top20) ? "20 most populous"
        : settings.Countries.Count == Catalogue.All.Count ? $"all {settings.Countries.Count} flags"
        : settings.Countries.Count is 1 ? Catalogue.NameOf(settings.Countries[0]) : $"{settings.Countries.Count} flags";

    /// <summary>Name and value of each, for a table.</summary>
    public static IReadOnlyList<(string Name, string Value)> All(ComparisonSettings settings) =>
    [
        ("Strategies", string.Join(", ", settings.Strategies)),
        ("Countries", Countries(settings)),
        ("Profile", settings.Origin is null ? settings.Profile : settings.Origin),
        ("In flight at most", Number(settings.Concurrency)),
        ("Measured rounds", settings.CiWidth is { } width ? string.Create(CultureInfo.InvariantCulture, $"{settings.Rounds} to {settings.MaxRounds}, until ± {width:P0}") : Number(settings.Rounds)),
        ("Warm-up", settings.Warmup ? "yes, unmeasured" : "no"),
        ("Work on each flag", settings.Work is WorkKind.None ? "none" : $"{settings.Work.ToString().ToLowerInvariant()}, quality {Number(settings.Quality)}"),
        ("One lock for CPU parts", settings.InterpreterLock ? "yes" : "no"),
        ("Seed", Number(settings.Seed)),
        ("Connections", settings.ConnectionReuse ? "reused" : "new for each request"),
        ("Stored flags", settings.Mode is FetchMode.Force ? "fetched again" : "asked whether current"),
    ];

    public static IReadOnlyList<(string Name, string Value)> All(ComparisonEnvironment environment) =>
    [
        ("Machine", environment.Machine),
        ("System", environment.OperatingSystem),
        ("Cores", Number(environment.Cores)),
        ("Runtime", environment.Runtime),
        ("Garbage collector", environment.GcMode),
        ("Build", environment.BuildConfiguration),
        ("Origin", environment.Origin),
        ("Storage", environment.Storage),
        ("Silos", $"{environment.Silos.Count} ({string.Join(", ", environment.Silos)})"),
    ];

    static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
