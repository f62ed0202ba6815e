using System.Globalization;
using FlagCloud.Contracts;
using FlagCloud.Silo.Comparisons.Statistics;
using FlagCloud.Silo.Comparisons.Strategies;
using FlagCloud.Silo.Flags;
using Microsoft.Extensions.Options;

namespace FlagCloud.Silo.Comparisons;

/// <summary>Turns a request into settings, or says of every field what is wrong, what is allowed and what to do.</summary>
sealed class SettingsReader(IEnumerable<IStrategy> strategies, Profiles profiles, IOptions<FlagOptions> options)
{
    public const int MaxConcurrency = 1_000, MaxRounds = 10_000, DefaultConcurrency = 20, DefaultMaxRounds = 30;

    readonly string[] names = [.. strategies.Select(strategy => strategy.Name)];

    public async Task<(ComparisonSettings? Settings, Dictionary<string, string[]> Errors)> Read(ComparisonRequest request, CancellationToken cancellationToken)
    {
        var errors = new Dictionary<string, string[]>();
        var known = request.Origin is null ? await profiles.Names(cancellationToken) : [];
        var settings = new ComparisonSettings(
            Strategies(request.Strategies, errors),
            CountryReader.Read(request.Countries ?? CountrySelection.Named("top20"), request.Limit, errors),
            request.Origin is null ? OneOf("profile", request.Profile ?? "web", known, errors) : "foreign",
            Origin(request, errors),
            Between("concurrency", request.Concurrency ?? DefaultConcurrency, 1, MaxConcurrency, "downloads in flight", errors),
            Between("rounds", request.Rounds ?? (request.CiWidth is null ? 1 : OrderInterval.FewestValues), request.CiWidth is null ? 1 : OrderInterval.FewestValues, MaxRounds, "measured rounds", errors),
            request.Warmup ?? true,
            Named("work", request.Work, WorkKind.None, errors),
            request.InterpreterLock ?? false,
            Between("seed", request.Seed ?? 1, 0, int.MaxValue - MaxRounds, "seeds", errors),
            Named("mode", request.Mode, FetchMode.Force, errors),
            Between("quality", request.Quality ?? 11, 0, 11, "Brotli's quality", errors),
            Between("attemptTimeoutSeconds", request.AttemptTimeoutSeconds, 0.1, 25, "seconds", errors),
            request.Retries is { } retries ? Between("retries", retries, 0, 10, "retries", errors) : null,
            request.ConnectionReuse ?? true,
            Between("ciWidth", request.CiWidth, 0.005, 1, "a share of the median", errors),
            MaxRoundsOf(request, errors));
        if (request.Quality is not null && settings.Work is not WorkKind.Brotli)
            errors.TryAdd("quality", ["Only Brotli has a quality. Set work to brotli, or leave the field out."]);
        return errors.Count is 0 ? (settings, errors) : (null, errors);
    }

    IReadOnlyList<string> Strategies(IReadOnlyList<string>? asked, Dictionary<string, string[]> errors)
    {
        if (asked is null) return names;
        if (asked is [] || asked.Distinct().Count() != asked.Count || asked.Except(names).Any())
            errors["strategies"] = [$"[{string.Join(", ", asked)}] is not allowed. Name one or more of {string.Join(", ", names)}, each once, or leave the field out for all of them."];
        return asked;
    }

    string? Origin(ComparisonRequest request, Dictionary<string, string[]> errors)
    {
        if (request.Origin is not { } template) return null;
        if (request.Profile is not null)
            errors["profile"] = ["A foreign origin has no profiles. Give either profile or origin."];
        var allowed = options.Value.AllowedOrigins;
        if (!OriginTemplate.IsAllowed(template, allowed))
            errors["origin"] = [$"'{template}' is not an allowed origin. Allowed: {(allowed.Count is 0 ? "none" : string.Join(", ", allowed))} (configuration Flags:AllowedOrigins), followed by a path with {{code}} or {{CODE}} in it."];
        return template;
    }

    static int? MaxRoundsOf(ComparisonRequest request, Dictionary<string, string[]> errors)
    {
        if (request.CiWidth is null)
        {
            if (request.MaxRounds is not null) errors["maxRounds"] = ["It is the ceiling for rounds that are chosen by ciWidth. Give ciWidth, too, or only rounds."];
            return null;
        }
        var least = request.Rounds ?? OrderInterval.FewestValues;
        return Between("maxRounds", request.MaxRounds ?? Math.Max(DefaultMaxRounds, least), least, MaxRounds, "rounds", errors);
    }

    static double? Between(string field, double? value, double least, double most, string what, Dictionary<string, string[]> errors)
    {
        // Not in the range, rather than out of it: NaN is neither.
        if (value is { } given && !(given >= least && given <= most))
            errors[field] = [string.Create(CultureInfo.InvariantCulture, $"{given} is not allowed. Give {what} from {least} to {most}, or leave the field out.")];
        return value;
    }

    static int Between(string field, int value, int least, int most, string what, Dictionary<string, string[]> errors)
    {
        if (value < least || value > most) errors[field] = [$"{value} is not allowed. Give a whole number of {what} from {least} to {most}."];
        return value;
    }

    static string OneOf(string field, string value, IReadOnlyList<string> allowed, Dictionary<string, string[]> errors)
    {
        if (!allowed.Contains(value)) errors[field] = [$"'{value}' is not known. Give one of {string.Join(", ", allowed)}."];
        return value;
    }

    static T Named<T>(string field, string? value, T standard, Dictionary<string, string[]> errors) where T : struct, Enum
    {
        if (value is null) return standard;
        if (Enum.GetNames<T>().FirstOrDefault(name => name.Equals(value, StringComparison.OrdinalIgnoreCase)) is { } match) return Enum.Parse<T>(match);
        errors[field] = [$"'{value}' is not known. Give one of {string.Join(", ", Enum.GetNames<T>().Select(System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName))}."];
        return standard;
    }
}
