using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Orleans.Concurrency;

namespace FlagCloud.Silo.Comparisons;

/// <summary>Checks settings by their own declaration, and against what only a silo knows: which strategies, profiles and foreign origins there are.</summary>
sealed class SettingsCheck(IEnumerable<IStrategy> strategies, Profiles profiles, IOptions<FlagOptions> options)
{
    readonly string[] names = [.. strategies.Select(strategy => strategy.Name)];

    /// <returns>The settings as they are recorded, or why they are not allowed.</returns>
    public async Task<(ComparisonSettings? Settings, Refusal? Refusal)> Of(ComparisonSettings given)
    {
        var settings = given.Strategies is [] ? given with { Strategies = names } : given;
        var wrong = new List<ValidationResult>();
        Validator.TryValidateObject(settings, new(settings), wrong, validateAllProperties: true);
        // Not asked by the validator where a range is already wrong, and yet to be said at once.
        if (wrong.Count > 0) wrong = [.. wrong.UnionBy(settings.Validate(new(settings)), result => result.MemberNames.First())];
        if (settings.Strategies.Except(names).ToArray() is { Length: > 0 } unknown)
            wrong.Add(new($"{string.Join(", ", unknown)} is not known. Name one or more of {string.Join(", ", names)}, each once.", [nameof(settings.Strategies)]));
        if (settings.Origin is { } template && !OriginTemplate.IsAllowed(template, options.Value.AllowedOrigins))
            wrong.Add(new(
                $"'{template}' is not an allowed origin. Allowed: {(options.Value.AllowedOrigins is [] ? "none" : string.Join(", ", options.Value.AllowedOrigins))} "
                + "(configuration Flags:AllowedOrigins), followed by a path with {code} or {CODE} in it, of letters, digits and the signs . _ - /.", [nameof(settings.Origin)]));
        if (settings.Origin is null)
        {
            try
            {
                var known = (await profiles.All(CancellationToken.None)).Select(profile => profile.Name).ToArray();
                if (!known.Contains(settings.Profile)) wrong.Add(new($"'{settings.Profile}' is not known. Give one of {string.Join(", ", known)}.", [nameof(settings.Profile)]));
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException or JsonException)
            {
                var why = $"The flag origin did not answer as one, so nothing was started: {e.GetBaseException().Message.Clean()} Is it running (configuration Flags:Origin)?";
                return (null, new(RefusalKind.OriginSilent, why, Errors([])));
            }
        }
        return wrong is [] ? (settings.Normalized(), null) : (null, new(RefusalKind.Invalid, "Nothing was started. The fields named under errors must be changed.", Errors(wrong)));
    }

    static Dictionary<string, string[]> Errors(IEnumerable<ValidationResult> wrong) => wrong
        .SelectMany(result => result.MemberNames, (result, member) => (Field: JsonNamingPolicy.CamelCase.ConvertName(member), result.ErrorMessage))
        .GroupBy(error => error.Field, error => error.ErrorMessage!).ToDictionary(field => field.Key, field => field.ToArray());
}

[StatelessWorker]
sealed class ChoicesGrain(IEnumerable<IStrategy> strategies, Profiles profiles, IOptions<FlagOptions> options) : Grain, IChoicesGrain
{
    public async Task<Choices> Get() => new(
        [.. strategies.Select(strategy => new Choice(strategy.Name, strategy.Description, OneAtATime: strategy.OneAtATime))],
        await Known(), [.. options.Value.AllowedOrigins], [.. QuestionCatalogue.All.Select(question => question.Info)]);

    async Task<IReadOnlyList<Choice>> Known()
    {
        try
        {
            return await profiles.All(CancellationToken.None);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return [];
        }
    }
}

/// <summary>The profiles that our origin says it has. It is asked from the start on: its first answer can take longer than whoever starts a comparison should wait.</summary>
sealed class Profiles(IHttpClientFactory clients, IOptions<FlagOptions> options) : BackgroundService
{
    IReadOnlyList<Choice>? known;

    /// <summary>Asked for until the origin has answered once. Throws <see cref="HttpRequestException"/> or <see cref="TaskCanceledException"/> while it does not.</summary>
    public async Task<IReadOnlyList<Choice>> All(CancellationToken cancellationToken)
    {
        if (known is not null) return known;
        using var client = clients.CreateClient(FlagSource.OurClient);
        client.Timeout = TimeSpan.FromSeconds(5);
        return known = (await client.GetFromJsonAsync<Choice[]>(new Uri(options.Value.Origin, "/profiles"), FlagCloudJson.Options, cancellationToken))!;
    }

    // Whoever needs them meanwhile is told what is wrong.
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Retries.While((_, _) => true, TimeSpan.FromSeconds(1)).ExecuteAsync(async token => await All(token), stoppingToken).AsTask();
}
