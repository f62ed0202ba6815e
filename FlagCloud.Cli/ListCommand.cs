namespace FlagCloud.Cli;

/// <summary><c>flagcloud list</c>: the newest comparisons, one a row.</summary>
static class ListCommand
{
    public static Command Create(CommonOptions common)
    {
        var limit = SettingsOptions.Number("--limit", ["-l"], "Only the newest N [default: 20]", new(1, 200, "comparisons"));
        var command = new Command("list", "Show the newest comparisons") { limit };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var call = await common.OpenAsync(parsed, cancellationToken);
            var comparisons = await call.Client.GetAsync<List<Comparison>>(new($"{call.Client.Comparisons}?limit={parsed.GetValue(limit) ?? "20"}"), cancellationToken);
            call.Result(comparisons, console =>
            {
                if (comparisons.Count == 0) console.Print("No comparison yet: 'flagcloud compare' runs one.");
                else console.Write(Table(comparisons, console));
            });
            return ExitCode.Stored;
        });
        return command;
    }

    // The time is in the id; what does not fit is left out, from the right of what identifies a comparison.
    static Table Table(List<Comparison> comparisons, IAnsiConsole console)
    {
        var columns = Columns().Where(column => console.Profile.Width >= column.Least).ToList();
        var table = console.NewTable();
        foreach (var column in columns) table.AddColumn(new TableColumn(new Text(column.Head)) { NoWrap = true, Padding = new(0, 0, 1, 0) });
        foreach (var one in comparisons) table.AddRow(columns.Select(column => new Text(console.Shown(column.Cell(one))) { Overflow = Overflow.Ellipsis }));
        return table;
    }

    static IEnumerable<Column> Columns() =>
    [
        new("id (UTC)", 0, one => one.Id),
        new("status", 0, one => one.Status.ToString().ToLowerInvariant()),
        new("best", 0, one => one switch
        {
            { Verdict: { } verdict } => Report.Word(verdict.Kind),
            { Summary: [var best, ..] } => $"{best.Name} {Figures.Seconds(best.MedianSeconds)}",
            _ => "-",
        }),
        new("flags", 72, one => $"{one.Settings.Countries.Count}"),
        new("profile", 80, one => one.Question ?? one.Settings.Profile),
        new("limit", 100, one => $"{one.Settings.Concurrency}"),
        new("rounds", 100, one => $"{one.Settings.Rounds}"),
    ];

    /// <param name="Least">Width of a terminal that has room for it.</param>
    sealed record Column(string Head, int Least, Func<Comparison, string> Cell);
}
