using FlagCloud.Contracts;
using Spectre.Console;

namespace FlagCloud.Cli.Display;

/// <summary>The measured rounds, a strategy a row, ranked as the silo ranks them.</summary>
static class ComparisonTable
{
    const int WidthForIntervalsBeside = 112;
    const int WidthForAir = 95;

    public static Table Of(Comparison comparison, IAnsiConsole console)
    {
        var width = console.Profile.Width;
        var between = width < WidthForIntervalsBeside ? "\n" : "  ";
        var padding = new Padding(0, 0, width < WidthForAir ? 0 : 1, 0);
        var table = new Table { Border = AsciiRule.For(console) };
        foreach (var head in Heads(between))
        {
            var column = new TableColumn(new Spectre.Console.Text(head)) { NoWrap = true, Padding = padding };
            table.AddColumn(head == "strategy" ? column : column.RightAligned());
        }

        foreach (var one in comparison.Summary)
        {
            var runs = comparison.Runs.Where(run => !run.Warmup && run.Strategy == one.Strategy).ToList();
            table.AddRow(Cells(one, runs, between).Select(cell => new Spectre.Console.Text(cell)));
        }

        return table;
    }

    static string[] Heads(string between) =>
    [
        "strategy", "elapsed\n95 %", "speed-up\n95 %", "effi-\nciency", "flags\nper s", "success",
        between == "\n" ? "in flight\nclient\norigin" : "in flight\nclient | origin", "threads\nat once\n| in all", "CPU s\na run",
    ];

    static IEnumerable<string> Cells(StrategySummary summary, List<Run> runs, string between) =>
    [
        summary.Strategy,
        Beside(Figures.Seconds(summary.MedianSeconds), Figures.Interval(summary.CiLowSeconds, summary.CiHighSeconds, Figures.Number), between),
        summary.Speedup is { } speedup
            ? Beside($"{Figures.Ratio(speedup)}x", Figures.Interval(summary.SpeedupCiLow, summary.SpeedupCiHigh, Figures.Ratio), between)
            : "-",
        summary.Efficiency > 0 ? Figures.Percent(summary.Efficiency) : "-", // Without delays there is no ideal to hold it against.
        Figures.Number(summary.GoodputPerSecond),
        Figures.Percent(summary.SuccessRate),
        .. runs.Count == 0 ? ["-", "-", "-"] : Cells(runs, between),
    ];

    static string[] Cells(List<Run> runs, string between) =>
    [
        Beside($"{runs.Max(run => run.PeakInFlight)}", runs.Max(run => run.OriginPeakInFlight)?.ToString() ?? "?", between == "\n" ? between : " | "),
        Threads(runs),
        Figures.Number(Median([.. runs.Select(run => run.CpuSeconds).Order()])),
    ];

    // One after the other or at once: without both, a grain whose turns hop between threads looks as if it ran in parallel.
    static string Threads(List<Run> runs) => runs.Max(run => run.Use?.CallersAtOnce) is { } atOnce
        ? $"{atOnce} | {runs.Max(run => run.ThreadsUsed)}"
        : $"{runs.Max(run => run.ThreadsUsed)}";

    static string Beside(string figure, string interval, string between) => interval.Length == 0 ? figure : figure + between + interval;

    static double Median(double[] ordered) => (ordered[(ordered.Length - 1) / 2] + ordered[ordered.Length / 2]) / 2;
}
