using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.RegularExpressions;

namespace FlagCloud.Cli.Commands;

/// <summary>Arguments and options that say what is allowed when they are given something else.</summary>
static partial class Values
{
    public static Option<int?> AtLeast(int minimum, string description, string name, params string[] aliases) => new(name, aliases)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result =>
        {
            var given = result.Tokens[0].Value;
            if (int.TryParse(given, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= minimum) return number;
            result.AddError($"{name} takes a whole number from {minimum} to {int.MaxValue}, not '{given}'.");
            return null;
        },
    };

    public static Option<double?> Share(string description, string name) => Number(description, name, "SHARE", 0.005, 1);

    public static Option<double?> Seconds(string description, string name) => Number(description, name, "SECONDS", 0.1, 25);

    static Option<double?> Number(string description, string name, string what, double least, double most) => new(name)
    {
        Description = description,
        HelpName = what,
        CustomParser = result =>
        {
            var given = result.Tokens[0].Value;
            if (double.TryParse(given, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most) return number;
            result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} takes a number from {least} to {most}, not '{given}'."));
            return null;
        },
    };

    public static Option<string?> OneOf<T>(string description, string name) where T : struct, Enum
    {
        var allowed = string.Join('|', Enum.GetNames<T>().Select(value => value.ToLowerInvariant()));
        return new(name)
        {
            Description = description,
            HelpName = allowed,
            CustomParser = result =>
            {
                var given = result.Tokens[0].Value.ToLowerInvariant();
                if (allowed.Split('|').Contains(given)) return given;
                result.AddError($"{name} takes {allowed.Replace("|", " or ")}, not '{given}'.");
                return null;
            },
        };
    }

    public static Option<ServerChoice?> Server() => new("--server", "-s")
    {
        Description = "Where flags come from: LOCAL, WEB, DELAY or ERROR, another profile of the origin, or REMOTE, the ancestor's site [default: web]",
        HelpName = "SERVER",
        CustomParser = result =>
        {
            var given = result.Tokens[0].Value;
            if (ProfileName().IsMatch(given)) return ServerChoice.Of(given);
            result.AddError($"--server takes LOCAL, WEB, DELAY, ERROR, another profile of the origin, or REMOTE, not '{given}'.");
            return null;
        },
    };

    public static Option<string[]> Strategies() => new("--strategy")
    {
        Description = "Strategies to compare: sequential, threaded, async; repeatable, or separated by commas [default: all three]",
        HelpName = "NAMES",
        CustomParser = result =>
        [
            .. result.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                .Select(name => name.ToLowerInvariant()),
        ],
    };

    public static Argument<string[]> CountryCodes()
    {
        var argument = new Argument<string[]>("CC")
        {
            Description = "Codes such as BR or gb-eng; one letter takes all that begin with it [default: the 20 most populous countries]",
            Arity = ArgumentArity.ZeroOrMore,
        };
        argument.Validators.Add(CheckCodes);
        return argument;
    }

    static void CheckCodes(ArgumentResult result)
    {
        foreach (var given in result.Tokens.Select(token => token.Value))
        {
            if (given.StartsWith('-')) result.AddError($"there is no option '{given}' ('flagcloud compare --help' shows them all).");
            else if (!CountryCode().IsMatch(given)) result.AddError($"'{given}' is no country code; a code is one letter, two letters, or like gb-eng.");
        }
    }

    // The silo knows which codes exist; here only what cannot be one is turned away. The catalogue has longer ones, too: arab, asean.
    [GeneratedRegex("^[A-Za-z]{1,5}(-[A-Za-z]{2,3})?$")]
    private static partial Regex CountryCode();

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9-]{0,39}$")]
    private static partial Regex ProfileName();
}
