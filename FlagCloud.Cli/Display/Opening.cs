using FlagCloud.Contracts;
using Spectre.Console;

namespace FlagCloud.Cli.Display;

/// <summary>What is compared, and on what: it comes first, for without it no figure means anything.</summary>
static class Opening
{
    public static void Write(IAnsiConsole console, Comparison comparison)
    {
        var environment = comparison.Environment;
        console.Print($"machine  {environment.Machine}, {Figures.Count(environment.Cores, "core")}, {environment.OperatingSystem}");
        console.Print($"runtime  {environment.Runtime}, {environment.GcMode} GC, {environment.BuildConfiguration} build");
        console.Print($"origin   {environment.Origin}");
        console.Print($"storage  {environment.Storage}");
        if (environment.Silos.Count > 0) console.Print($"silos    {environment.Silos.Count} ({string.Join(", ", environment.Silos)})");
        console.Print($"compare  {Settings(comparison.Settings)}");
    }

    static string Settings(ComparisonSettings settings)
    {
        var parts = new List<string>
        {
            string.Join(", ", settings.Strategies),
            $"{Figures.Count(settings.Countries.Count, "flag")}{Span(settings.Countries)}",
            settings.Origin is null ? $"profile {settings.Profile}" : "foreign origin",
            $"at most {settings.Concurrency} in flight",
            $"{Rounds(settings)}{(settings.Warmup ? " and a warm-up" : ", no warm-up")}",
            $"seed {settings.Seed}",
        };
        if (settings.Mode is FetchMode.Refresh) parts.Add("only what has changed");
        if (settings.Work is not WorkKind.None) parts.Add($"work {settings.Work.ToString().ToLowerInvariant()}, quality {settings.Quality}");
        if (settings.AttemptTimeoutSeconds is { } timeout) parts.Add($"{Figures.Seconds(timeout)} a request");
        if (settings.Retries is { } retries) parts.Add(retries == 1 ? "1 retry" : $"{retries} retries");
        if (!settings.ConnectionReuse) parts.Add("a new client per request");
        if (settings.InterpreterLock) parts.Add("interpreter lock");
        return string.Join("; ", parts);
    }

    static string Rounds(ComparisonSettings settings) => settings is { CiWidth: { } width, MaxRounds: { } most }
        ? $"{settings.Rounds} to {most} rounds, until +-{Figures.Percent(width)}"
        : Figures.Count(settings.Rounds, "round");

    static string Span(IReadOnlyList<string> countries) => countries.Count switch
    {
        0 => "",
        1 => $" ({countries[0].ToUpperInvariant()})",
        _ => $" ({countries[0].ToUpperInvariant()} to {countries[^1].ToUpperInvariant()})",
    };
}
