using FlagCloud.Contracts;
using Spectre.Console;

namespace FlagCloud.Cli.Display;

/// <summary>Comparisons, one a row.</summary>
static class ComparisonList
{
    static readonly string[] Heads = ["id", "created (UTC)", "status", "profile", "flags", "limit", "rounds", "best"];

    public static Table Of(IEnumerable<Comparison> comparisons, IAnsiConsole console)
    {
        var table = new Table { Border = AsciiRule.For(console) };
        foreach (var head in Heads) table.AddColumn(new TableColumn(new Spectre.Console.Text(head)) { Padding = new(0, 0, 1, 0), NoWrap = head != "best" });
        foreach (var one in comparisons) table.AddRow(Cells(one).Select(cell => new Spectre.Console.Text(cell)));
        return table;
    }

    static IEnumerable<string> Cells(Comparison comparison) =>
    [
        comparison.Id,
        comparison.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture),
        comparison.Status.ToString().ToLowerInvariant(),
        comparison.Settings.Origin is null ? comparison.Settings.Profile : "foreign",
        $"{comparison.Settings.Countries.Count}",
        $"{comparison.Settings.Concurrency}",
        $"{comparison.Settings.Rounds}",
        comparison.Summary is [var best, ..] ? $"{best.Strategy} {Figures.Seconds(best.MedianSeconds)}" : "-",
    ];
}
