using FlagCloud.Contracts;
using Spectre.Console;

namespace FlagCloud.Cli.Display;

/// <summary>What is said of a comparison when it has ended.</summary>
static class Report
{
    /// <param name="reasons">Why downloads failed, the most frequent first.</param>
    public static void Write(IAnsiConsole console, Comparison comparison, Uri address, IReadOnlyList<string> reasons)
    {
        if (comparison.Summary.Count > 0)
        {
            console.Write(ComparisonTable.Of(comparison, console));
            if (comparison.Summary.All(one => one.CiLowSeconds is null)) console.Print("Intervals take at least five rounds: --rounds 5, say.");
        }
        else
        {
            console.Print("No measured round is complete: there is nothing to compare.");
        }

        if (comparison.Precision is { } precision)
        {
            console.Print(
                $"{Figures.Count(precision.Rounds, "round")} of at most {precision.MaxRounds}: {(precision.Enough ? "enough" : "not enough")} for intervals of +-{Figures.Percent(precision.Wanted)}"
                + $" ({(precision.Reached is { } reached ? $"+-{Figures.Percent(reached)}" : "none")} reached).");
        }

        foreach (var conclusion in comparison.Conclusions) console.Print(conclusion);
        console.WriteLine();
        Count(console, "measured", [.. comparison.Runs.Where(run => !run.Warmup)]);
        Count(console, "warm-up ", [.. comparison.Runs.Where(run => run.Warmup)]);
        foreach (var reason in reasons) console.Print($"          {reason}");
        if (comparison.StartedAt is { } start && comparison.EndedAt is { } end) console.Print($"elapsed   {Figures.Seconds((end - start).TotalSeconds)}");
        console.Print($"status    {Status(comparison)}");
        console.Print($"id        {comparison.Id}");
        console.Print($"record    {address}");
    }

    public static string Status(Comparison comparison) =>
        comparison.Status.ToString().ToLowerInvariant() + (comparison.Reason is { } reason ? $": {reason}" : "");

    static void Count(IAnsiConsole console, string which, IReadOnlyList<Run> runs)
    {
        if (runs.Count == 0) return;
        var tally = Tally.Of(runs);
        var bad = tally.Ok + tally.NotModified < tally.Requested;
        console.Print(
            $"{which}  {tally.Describe($"{Figures.Count(tally.Ok, "flag")} downloaded")}, of {runs.Sum(run => run.Requested):#,0} in {Figures.Count(runs.Count, "run")}",
            bad ? new Style(Color.Yellow) : Style.Plain);
    }
}
