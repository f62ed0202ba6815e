using System.CommandLine;
using System.Text.RegularExpressions;

namespace FlagCloud.Cli.Commands;

/// <summary>The argument that names a comparison.</summary>
static partial class KnownComparison
{
    public static Argument<string> Argument()
    {
        var argument = new Argument<string>("ID") { Description = "The comparison's id, as 'flagcloud list' shows it" };
        argument.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !Id().IsMatch(token.Value))
                result.AddError($"'{token.Value}' is no comparison's id; 'flagcloud list' shows them.");
        });
        return argument;
    }

    // It becomes a part of an address: no dot, no slash.
    [GeneratedRegex("^[A-Za-z0-9_-]{1,100}$")]
    private static partial Regex Id();
}
