using System.CommandLine.Parsing;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using ValidationResult = System.ComponentModel.DataAnnotations.ValidationResult;

namespace FlagCloud.Cli;

/// <summary>The options of a comparison: names, help, ranges and defaults are those of the properties of <see cref="ComparisonSettings"/>.</summary>
sealed partial class SettingsOptions
{
    /// <summary>The ancestor's own site; the silo takes it only if its allow-list has it.</summary>
    const string Remote = "https://www.fluentpython.com/data/flags/{code}/{code}.gif";

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

    readonly Dictionary<PropertyInfo, Option> options = [];
    readonly Argument<string[]> codes = new("CC") { Description = "Countries: BR, gb-eng; one letter is all codes that begin with it [default: the 20 most populous countries]", Arity = ArgumentArity.ZeroOrMore };
    readonly Option<bool> all = new("--all", "-a") { Description = $"All {Catalogue.All.Count} flags that there are" };
    readonly Option<bool> every = new("--every", "-e") { Description = $"All {Catalogue.Every.Count} two-letter codes, most of which have no flag" };
    readonly Option<string?> server = new("--server", "-s") { Description = "LOCAL, WEB, DELAY, ERROR or another profile of the origin; REMOTE (the ancestor's site), or a URL template with {code} in it [default: web]", HelpName = "NAME" };
    readonly Option<bool> quick = new("--quick", "-q") { Description = "One round, for the hasty: no intervals" };

    /// <param name="except">Names of settings that the command has its own options for.</param>
    public SettingsOptions(Command command, params string[] except)
    {
        string[] ours = [nameof(ComparisonSettings.Countries), nameof(ComparisonSettings.Profile), nameof(ComparisonSettings.Origin), .. except];
        foreach (var property in typeof(ComparisonSettings).GetProperties().Where(property => property.IsDefined(typeof(DescriptionAttribute)) && !ours.Contains(property.Name)))
            options.Add(property, Make(property));
        codes.Validators.Add(CheckCodes);
        command.Arguments.Add(codes);
        foreach (var option in (Option[])[all, every, server, quick, .. options.Values]) command.Options.Add(option);
    }

    /// <summary>The settings that were asked for, with the defaults of the others.</summary>
    public ComparisonSettings Read(ParseResult parsed, Session session)
    {
        var settings = new ComparisonSettings { Countries = Countries(parsed, session) };
        if (parsed.GetValue(server) is { } name)
        {
            var origin = name.Equals("remote", StringComparison.OrdinalIgnoreCase) ? Remote : name.Contains("://", StringComparison.Ordinal) ? name : null;
            settings = settings with { Origin = origin, Profile = origin is null ? name.ToLowerInvariant() : Defaults.Profile };
        }

        foreach (var (property, option) in options)
            if (parsed.GetResult(option) is { Implicit: false } result)
                property.SetValue(settings, Convert(property, result.Tokens));

        if (parsed.GetValue(quick))
        {
            if (settings != settings with { Rounds = Defaults.Rounds, CiWidth = null, MaxRounds = null }) throw new UsageException("-q is one round. Leave out --rounds, --ci-width and --max-rounds, or -q.");
            settings = settings with { Rounds = 1 };
        }

        var wrong = new List<ValidationResult>();
        if (!Validator.TryValidateObject(settings, new(settings), wrong, validateAllProperties: true))
            throw new UsageException(string.Join(' ', wrong.Select(one => Complaint(one.MemberNames.First(), one.ErrorMessage!))));
        return settings;
    }

    /// <summary>What is wrong with a setting, in the words of the command line.</summary>
    /// <param name="setting">Its name in C# or JSON; empty for what is wrong with all together.</param>
    public static string Complaint(string setting, string message) => setting is "" ? InOptions(message) : $"{NamesOf(setting)[0]}: {InOptions(message)}";

    /// <summary>An option that takes a number in a range, and says so.</summary>
    public static Option<string?> Number(string name, string[] aliases, string description, BetweenAttribute between)
    {
        var option = new Option<string?>(name, aliases) { Description = $"{description} ({between.Minimum} to {between.Maximum})", HelpName = "N" };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var given] && Wrong(between, given.Value) is { } wrong) result.AddError($"{result.IdentifierToken?.Value ?? name}: {wrong}");
        });
        return option;
    }

    static Option Make(PropertyInfo property)
    {
        var names = NamesOf(property.Name);
        var value = property.GetValue(Defaults);
        var type = TypeOf(property);
        var description = InOptions(property.GetCustomAttribute<DescriptionAttribute>()!.Description).TrimEnd('.');
        if (type == typeof(bool))
        {
            var what = description.Replace("Whether ", "", StringComparison.Ordinal);
            return value is true
                ? new Option<bool>($"--no-{names[0][2..]}") { Description = $"Unless given, {what}", Arity = ArgumentArity.Zero }
                : new Option<bool>(names[0]) { Description = char.ToUpperInvariant(what[0]) + what[1..], Arity = ArgumentArity.Zero };
        }

        if (type == typeof(IReadOnlyList<string>)) return new Option<string[]>(names[0], names[1..]) { Description = $"{description}; repeatable, or separated by commas", HelpName = "NAMES" };
        var byDefault = value is null ? "" : $" [default: {Word(value)}]";
        if (property.GetCustomAttribute<BetweenAttribute>() is { } between)
        {
            var number = Number(names[0], names[1..], description, between);
            number.Description += byDefault;
            return number;
        }

        string[] words = [.. Enum.GetNames(type).Select(Word)];
        var option = new Option<string?>(names[0], names[1..]) { Description = description + byDefault, HelpName = string.Join('|', words) };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var given] && !words.Contains(given.Value, StringComparer.OrdinalIgnoreCase))
                result.AddError($"{result.IdentifierToken?.Value ?? names[0]}: '{given.Value}' is not allowed. Give {string.Join(" or ", words)}.");
        });
        return option;
    }

    static object Convert(PropertyInfo property, IReadOnlyList<Token> tokens) => TypeOf(property) switch
    {
        var type when type == typeof(bool) => property.GetValue(Defaults) is false,
        var type when type == typeof(IReadOnlyList<string>) =>
            tokens.SelectMany(token => token.Value.ToLowerInvariant().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToArray(),
        { IsEnum: true } type => Enum.Parse(type, tokens[0].Value, ignoreCase: true),
        var type => System.Convert.ChangeType(tokens[0].Value, type, CultureInfo.InvariantCulture),
    };

    // As in the ancestor, the larger set contains the smaller one.
    IReadOnlyList<string> Countries(ParseResult parsed, Session session)
    {
        var given = parsed.GetValue(codes) ?? [];
        var larger = parsed.GetValue(every) ? Catalogue.Every : parsed.GetValue(all) ? [.. Catalogue.All.Keys] : (IReadOnlyList<string>?)null;
        if (larger is null) return given is [] ? Defaults.Countries : CountrySelection.Of(given);
        if (given is not [] || (parsed.GetValue(every) && parsed.GetValue(all)))
            session.Error.Print($"{(parsed.GetValue(every) ? "-e" : "-a")} contains the other countries that are named: {larger.Count} flags are asked for.");
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
            return between.GetValidationResult($"'{given}'", new(given) { MemberName = "" })?.ErrorMessage;
        }
    }

    static string[] NamesOf(string setting) => OwnNames.GetValueOrDefault(setting) ?? [$"--{JsonNamingPolicy.KebabCaseLower.ConvertName(setting)}"];

    // Settings are spoken of by their names in JSON.
    static string InOptions(string text) => JsonName().Replace(text, name => NamesOf(name.Value)[0]);

    static string Word(object value) => value is Enum or string ? value.ToString()!.ToLowerInvariant() : string.Create(CultureInfo.InvariantCulture, $"{value}");

    static Type TypeOf(PropertyInfo property) => Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;

    [GeneratedRegex(@"\b[a-z]+[A-Z][A-Za-z]*\b")]
    private static partial Regex JsonName();
}
