using System.CommandLine;
using System.CommandLine.Completions;
using FlagCloud.Cli;
using FlagCloud.Tests.Hosting;

namespace FlagCloud.Tests.Cli;

/// <summary>Holds docs/reference.md against what --help says: the same commands, options and descriptions, row by row.</summary>
public sealed class DocumentationTests
{
    static readonly RootCommand Root = FlagCloudCli.Root(new(Terminal.Open(TextWriter.Null, redirected: true, _ => null), Terminal.Open(TextWriter.Null, redirected: true, _ => null)));

    public static TheoryData<string> Tables =>
    [
        Table(Root.Subcommands.Select(command => Row($"flagcloud {command.Name} {string.Join(' ', command.Arguments.Select(Usage))}".TrimEnd(), command.Description))),
        Table(Root.Options.Where(option => option.Recursive && option.Name is not "--help").Select(Row)),
        .. Root.Subcommands.Where(command => Rows(command).Any()).Select(command => Table(Rows(command))),
    ];

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task Table_of_the_help_stands_in_the_page(string table)
    {
        var page = await File.ReadAllTextAsync(Repository.PathTo("docs", "reference.md"), TestContext.Current.CancellationToken);

        Assert.True(page.Contains(table, StringComparison.Ordinal), $"docs/reference.md must have:\n{table}");
    }

    [Fact]
    public async Task Page_has_no_option_that_the_help_has_not()
    {
        var page = await File.ReadAllLinesAsync(Repository.PathTo("docs", "reference.md"), TestContext.Current.CancellationToken);
        var known = Tables.SelectMany(table => table.Data.Split('\n')).ToHashSet();

        Assert.Empty(page.SkipWhile(line => line != "## flagcloud, the command line").Skip(1).TakeWhile(line => !line.StartsWith("## ")).Where(line => line.StartsWith("| `-") || line.StartsWith("| `flagcloud")).Except(known));
    }

    // What compare has, too, is said there.
    static IEnumerable<string> Rows(Command command)
    {
        var compare = Root.Subcommands.First();
        return
        [
            .. command.Arguments.Where(argument => command == compare || argument.Description != compare.Arguments[0].Description).Select(argument => Row(Usage(argument), argument.Description)),
            .. command.Options.Select(Row).Except(command == compare ? [] : compare.Options.Select(Row)),
        ];
    }

    static string Row(Option option)
    {
        var value = option.HelpName ?? string.Join("\\|", option.GetCompletions(CompletionContext.Empty).Select(one => one.Label));
        return Row($"{string.Join("`, `", [option.Name, .. option.Aliases.Order(StringComparer.Ordinal)])} {(option.ValueType == typeof(bool) ? "" : value)}".TrimEnd(), option.Description);
    }

    static string Row(string what, string? description) => $"| `{what}` | {description} |";

    static string Usage(Argument argument) => argument.Arity.MaximumNumberOfValues > 1 ? $"[{argument.Name}…]" : argument.Name;

    static string Table(IEnumerable<string> rows) => string.Join('\n', rows);
}
