using Spectre.Console.Rendering;

namespace FlagCloud.Cli;

/// <summary>The measured rounds, a trial a row, in the figures and the order of the silo.</summary>
static class ComparisonTable
{
    const int WidthForIntervalsBeside = 112, WidthForAir = 95, WidthForAll = 76;

    public static Table Of(Comparison comparison, IAnsiConsole console)
    {
        var width = console.Profile.Width;
        var between = width < WidthForIntervalsBeside ? "\n" : "  ";
        var table = console.NewTable();
        var columns = Columns(comparison, console, between).Where(column => width >= WidthForAll || !column.Second).ToList();
        foreach (var column in columns)
        {
            var made = new TableColumn(new Text(column.Head)) { NoWrap = true, Padding = new(0, 0, width < WidthForAir ? 0 : 1, 0) };
            table.AddColumn(table.Columns.Count is 0 ? made : made.RightAligned());
        }

        foreach (var one in comparison.Summary) table.AddRow(columns.Select(column => new Text(column.Cell(one))));
        return table;
    }

    /// <summary>The table and the verdict as they stand, with what that rests on.</summary>
    public static IRenderable Provisional(Comparison soFar, IAnsiConsole console)
    {
        var rounds = Figures.Count(soFar.Summary.Max(one => one.Rounds), "round");
        return new Rows(Of(soFar, console), new Text(console.Shown($"After {rounds}: {(soFar.Conclusions is [var verdict, ..] ? verdict : "no verdict yet")}")), Text.Empty);
    }

    /// <summary>A table with a rule below its head, and none where the terminal has no character for it.</summary>
    public static Table NewTable(this IAnsiConsole console) => new() { Border = console.Profile.Capabilities.Unicode ? TableBorder.Simple : TableBorder.None };

    static IEnumerable<Column> Columns(Comparison comparison, IAnsiConsole console, string between)
    {
        string Beside(string figure, string interval) => interval is "" ? figure : figure + between + interval;
        yield return new(comparison.Trials is null ? "strategy" : "trial", one => console.Shown(one.Name));
        yield return new("elapsed\n95 %", one => Beside(Figures.Seconds(one.MedianSeconds), Figures.Interval(one.CiLowSeconds, one.CiHighSeconds, Figures.Number)));
        yield return new("speed-up\n95 %", one => one.Speedup is { } speedup ? Beside($"{Figures.Ratio(speedup)}x", Figures.Interval(one.SpeedupCiLow, one.SpeedupCiHigh, Figures.Ratio)) : "-");
        yield return new("effi-\nciency", one => one.Efficiency > 0 ? Figures.Percent(one.Efficiency) : "-", Second: true); // Without delays there is no ideal to hold it against.
        yield return new("flags\nper s", one => Figures.Number(one.GoodputPerSecond));
        yield return new("success", one => Figures.Percent(one.SuccessRate));
        var inFlight = between is "\n" ? between : " | ";
        yield return new($"in flight\nclient{inFlight}origin", one => $"{one.PeakInFlight}{inFlight}{one.OriginPeakInFlight?.ToString() ?? "?"}", Second: true);
        yield return new("blocked\nthreads", one => $"{one.BlockedThreads}", Second: true);
        yield return new("CPU s\na run", one => Figures.Number(one.CpuSeconds), Second: true);
    }

    /// <param name="Second">Whether it is left out where there is no room.</param>
    sealed record Column(string Head, Func<StrategySummary, string> Cell, bool Second = false);
}
