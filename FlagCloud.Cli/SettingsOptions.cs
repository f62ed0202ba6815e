using System.CommandLine.Parsing;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.RegularExpressions;
using ValidationResult = System.ComponentModel.DataAnnotations.ValidationResult;

namespace FlagCloud.Cli;

/// <summary>The options of a comparison: names, help, ranges and defaults are those of the properties of <see cref="ComparisonSettings"/>.</summary>
sealed partial class SettingsOptions
{
    // The ancestor's own site; the silo takes it only if its allow-list has it.
    const string Remote = "https://www.fluentpython.com/data/flags/{code}/{code}.gif";

    const StringSplitOptions Trimmed = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
    static readonly ComparisonSettings Defaults = new();

    // The ancestor's names, and shorter ones; every other setting is called as it is in JSON.
    static readonly Dictionary<string, string[]> OwnNames = new(StringComparer.OrdinalIgnoreCase)
    {
        [nameof(ComparisonSettings.Countries)] = ["CC"],
        [nameof(ComparisonSettings.Limit)] = ["--limit", "-l"],
        [nameof(ComparisonSettings.Concurrency)] = ["--max_req", "-m", "--max-req", "--concurrency"],
        [nameof(ComparisonSettings.Profile)] = ["--server", "-s"],
        [nameof(ComparisonSettings.Origin)] = ["--server", "-s"],
        [nameof(ComparisonSettings.Strategies)] = ["--strategy"],
        [nameof(ComparisonSettings.AttemptTimeoutSeconds)] = ["--timeout"],
    };

    readonly Argument<string[]> codes = new("CC")
    {
        Description = "Countries: BR, gb-eng; one letter is all codes that begin with it [default: the 20 most populous countries]",
        Arity = ArgumentArity.ZeroOrMore,
    };

    readonly Option<bool> all = new("--all", "-a") { Description = $"All {Catalogue.All.Count} flags that there are" };
    readonly Option<bool> every = new("--every", "-e") { Description = $"All {Catalogue.Every.Count} two-letter codes, most of which have no flag" };
    readonly Option<string?> server = new("--server", "-s")
    {
        Description = "LOCAL, WEB, DELAY, ERROR or another profile of the origin; REMOTE (the ancestor's site), or a URL template with {code} in it [default: web]",
        HelpName = "NAME",
    };

    readonly Option<bool> quick = new("--quick", "-q") { Description = "One round, for the hasty: no intervals" };
    readonly Dictionary<PropertyInfo, Option> made;

    /// <param name="except">Names of settings that the command has its own options for.</param>
    public SettingsOptions(Command command, params string[] except)
    {
        string[] ours = [nameof(ComparisonSettings.Countries), nameof(ComparisonSettings.Profile), nameof(ComparisonSettings.Origin), .. except];
        made = typeof(ComparisonSettings).GetProperties()
            .Where(property => property.IsDefined(typeof(DescriptionAttribute)) && !ours.Contains(property.Name))
            .ToDictionary(property => property, Make);
        codes.Validators.Add(CheckCodes);
        command.Arguments.Add(codes);
        foreach (var option in (Option[])[all, every, server, quick, .. made.Values]) command.Options.Add(option);
    }

    public ComparisonSettings Read(ParseResult parsed, Session session)
    {
        var from = parsed.GetValue(server) ?? Defaults.Profile;
        var origin = from.Equals("remote", StringComparison.OrdinalIgnoreCase) ? Remote : from.Contains("://", StringComparison.Ordinal) ? from : null;
        var settings = new ComparisonSettings
        {
            Countries = Countries(parsed, session),
            Origin = origin,
            Profile = origin is null ? from.ToLowerInvariant() : Defaults.Profile,
            Rounds = parsed.GetValue(quick) ? 1 : Defaults.Rounds,
        };
        foreach (var (property, option) in made)
            if (parsed.GetResult(option) is { Implicit: false } result)
                property.SetValue(settings, Convert(property, result.Tokens));

        if (parsed.GetValue(quick) && settings.Rounds is not 1) throw new UsageException("-q is one round. Leave out --rounds, or -q.");
        var wrong = new List<ValidationResult>();
        return Validator.TryValidateObject(settings, new(settings), wrong, validateAllProperties: true)
            ? settings
            : throw new UsageException(string.Join(' ', wrong.Select(one => Complaint(one.MemberNames.First(), one.ErrorMessage!))));
    }

    /// <summary>What is wrong with a setting (named as in C# or JSON; empty for all together), in the words of the command line.</summary>
    public static string Complaint(string setting, string message) => setting is "" ? InOptions(message) : $"{NamesOf(setting)[0]}: {InOptions(message)}";

    public static Option<string?> Number(string name, string[] aliases, string description, BetweenAttribute between)
    {
        var option = new Option<string?>(name, aliases) { Description = $"{description} ({between.Minimum} to {between.Maximum})", HelpName = "N" };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var given] && Wrong(between, given.Value) is { } wrong) result.AddError($"{result.IdentifierToken?.Value}: {wrong}");
        });
        return option;
    }

    static Option Make(PropertyInfo property)
    {
        var names = NamesOf(property.Name);
        var value = property.GetValue(Defaults);
        var description = InOptions(property.GetCustomAttribute<DescriptionAttribute>()!.Description).TrimEnd('.');
        Option option = value switch
        {
            true => new Option<bool>($"--no-{names[0][2..]}") { Description = description.Replace("Whether", "Unless given,"), Arity = ArgumentArity.Zero },
            false => new Option<bool>(names[0]) { Description = description, Arity = ArgumentArity.Zero },
            IReadOnlyList<string> => new Option<string[]>(names[0], names[1..]) { Description = $"{description}; repeatable, or separated by commas", HelpName = "NAMES" },
            Enum => new Option<string?>(names[0], names[1..]) { Description = description },
            _ => Number(names[0], names[1..], description, property.GetCustomAttribute<BetweenAttribute>()!),
        };
        if (value is Enum) ((Option<string?>)option).AcceptOnlyFromAmong([.. Enum.GetNames(property.PropertyType).Select(word => word.ToLowerInvariant())]);
        if (value is Enum or int or double) option.Description += $" [default: {JsonSerializer.Serialize(value, FlagCloudJson.Options).Trim('"')}]";
        return option;
    }

    static object Convert(PropertyInfo property, IReadOnlyList<Token> tokens) => property.GetValue(Defaults) switch
    {
        bool byDefault => !byDefault,
        IReadOnlyList<string> => tokens.SelectMany(token => token.Value.ToLowerInvariant().Split(',', Trimmed)).ToArray(),
        Enum => Enum.Parse(property.PropertyType, tokens[0].Value, ignoreCase: true),
        _ => System.Convert.ChangeType(tokens[0].Value, Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType, CultureInfo.InvariantCulture),
    };

    // As in the ancestor, the larger set contains the smaller one.
    IReadOnlyList<string> Countries(ParseResult parsed, Session session)
    {
        var given = parsed.GetValue(codes) ?? [];
        bool isAll = parsed.GetValue(all), isEvery = parsed.GetValue(every);
        if (!isAll && !isEvery) return given is [] ? Defaults.Countries : CountrySelection.Of(given);
        string[] larger = isEvery ? [.. Catalogue.Every] : [.. Catalogue.All.Keys];
        if (given is not [] || (isAll && isEvery))
            session.Error.Print($"{(isEvery ? "-e" : "-a")} contains the other countries that are named: {larger.Length} flags are asked for.");
        return larger;
    }

    static void CheckCodes(ArgumentResult result)
    {
        foreach (var given in result.Tokens.Select(token => token.Value))
        {
            if (given.StartsWith('-')) result.AddError($"There is no option '{given}'; --help shows them all.");
            else if (CountrySelection.Of([given]).Any(code => !Catalogue.All.ContainsKey(code)))
                result.AddError($"'{given}' is no country that has a flag. Give codes such as BR or gb-eng, or one letter for all codes that begin with it.");
        }
    }

    static string? Wrong(BetweenAttribute between, string given)
    {
        try
        {
            return between.GetValidationResult(given, new(given) { MemberName = "" })?.ErrorMessage;
        }
        catch (OverflowException)
        {
            return Wrong(between, $"'{given}'"); // In quotes it is no number at all, and as little allowed.
        }
    }

    static string[] NamesOf(string setting) => OwnNames.GetValueOrDefault(setting) ?? [$"--{JsonNamingPolicy.KebabCaseLower.ConvertName(setting)}"];

    // Settings are spoken of by their names in JSON.
    static string InOptions(string text) => JsonName().Replace(text, name => NamesOf(name.Value)[0]);

    [GeneratedRegex(@"\b[a-z]+[A-Z][A-Za-z]*\b")]
    private static partial Regex JsonName();
}
