using Spectre.Console.Rendering;

namespace FlagCloud.Cli;

/// <param name="Left">Words stand left, figures right.</param>
/// <param name="Least">Width of a terminal that has room for it.</param>
sealed record Column<T>(string Head, Func<T, string> Cell, bool Left = false, int Least = 0);

static class Tables
{
    const int WidthForAir = 95, WidthForIntervalsBeside = 112, WidthForMost = 76, WidthForAll = 90;

    public static Table Of<T>(IAnsiConsole console, IEnumerable<T> rows, IEnumerable<Column<T>> columns)
    {
        var width = console.Profile.Width;
        Column<T>[] shown = [.. columns.Where(column => width >= column.Least)];
        var table = new Table { Border = console.Profile.Capabilities.Unicode ? TableBorder.Simple : TableBorder.None };
        table.AddColumns([.. shown.Select(column => new TableColumn(new Text(column.Head))
        {
            NoWrap = true,
            Padding = new(0, 0, width < WidthForAir ? 0 : 1, 0),
            Alignment = column.Left ? Justify.Left : Justify.Right,
        })]);
        foreach (var row in rows) table.AddRow(shown.Select(column => new Text(string.Join('\n', column.Cell(row).Split('\n').Select(console.Shown)))));
        return table;
    }

    /// <summary>The measured rounds, a trial a row, in the figures and the order of the silo.</summary>
    public static Table Of(Comparison comparison, IAnsiConsole console)
    {
        var below = console.Profile.Width < WidthForIntervalsBeside;
        string Beside(string figure, string other, string between = "  ") => other is "" ? figure : figure + (below ? "\n" : between) + other;
        return Of<StrategySummary>(console, comparison.Summary,
        [
            new(comparison.Trials is null ? "strategy" : "trial", one => one.Name, Left: true),
            new("elapsed\n95 %", one => Beside(Figures.Seconds(one.MedianSeconds), Figures.Interval(one.CiLowSeconds, one.CiHighSeconds, Figures.Number))),
            new("speed-up\n95 %", one => one.Speedup is { } times ? Beside($"{Figures.Ratio(times)}x", Figures.Interval(one.SpeedupCiLow, one.SpeedupCiHigh, Figures.Ratio)) : "-"),
            new("effi-\nciency", one => one.Efficiency > 0 ? Figures.Percent(one.Efficiency) : "-", Least: WidthForMost), // Without delays there is no ideal.
            new("flags\nper s", one => Figures.Number(one.GoodputPerSecond)),
            new("success", one => Figures.Percent(one.SuccessRate)),
            new($"in flight\n{Beside("client", "origin", " | ")}", one => Beside($"{one.PeakInFlight}", one.OriginPeakInFlight?.ToString() ?? "?", " | "), Least: WidthForAll),
            new("blocked\nthreads", one => $"{one.BlockedThreads}", Least: WidthForMost),
            new("CPU s\na run", one => one.CpuSeconds is { } seconds ? Figures.Number(seconds) : "-", Least: WidthForMost),
        ]);
    }

    public static IRenderable Provisional(Comparison soFar, IAnsiConsole console) => new Rows(
        Of(soFar, console),
        new Text(console.Shown($"After {soFar.Summary.Max(one => one.Rounds)} of {Figures.Count(soFar.Settings.LastRound, "round")}: {string.Concat(soFar.Conclusions.Take(1))}")),
        Text.Empty);
}
