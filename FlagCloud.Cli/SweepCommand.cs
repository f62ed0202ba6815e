using System.ComponentModel.DataAnnotations;

namespace FlagCloud.Cli;

/// <summary>
/// <c>flagcloud sweep</c>: goodput over the limit, and the limit to use. It is made of comparisons of one strategy, one a limit, one after the other.
/// </summary>
static class SweepCommand
{
    const double EnoughOfTheBest = 0.9;

    const int BarWidth = 20;

    static readonly int[] UsualLimits = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];

    static readonly BetweenAttribute Range = new(1, 1000, "limits");

    public static Command Create(CommonOptions common)
    {
        var strategy = new Option<string>("--strategy") { Description = "The strategy that is given the limits", DefaultValueFactory = _ => "async", HelpName = "NAME" };
        var limits = new Option<string?>("--limits") { Description = $"Downloads in flight at most, separated by commas [default: {string.Join(',', UsualLimits)}, up to the number of flags]", HelpName = "LIST" };
        limits.Validators.Add(result =>
        {
            if (result.Tokens is [var given] && given.Value.Split(',').Any(limit => !Range.IsValid(limit)))
                result.AddError($"--limits: '{given.Value}' is not allowed. Give whole numbers from {Range.Minimum} to {Range.Maximum}, separated by commas.");
        });
        var command = new Command("sweep", "Find the limit to use: one strategy at rising limits") { strategy, limits };
        var options = new SettingsOptions(command, nameof(ComparisonSettings.Strategies), nameof(ComparisonSettings.Concurrency));
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var settings = options.Read(parsed, common.Session) with { Strategies = [parsed.GetValue(strategy)!.ToLowerInvariant()] };
            int[] given = parsed.GetValue(limits) is { } list ? [.. list.Split(',').Select(int.Parse).Distinct().Order()] : Usual(settings.Normalized().Countries.Count);
            using var call = await common.OpenAsync(parsed, cancellationToken);
            return await RunAsync(call, settings, given, cancellationToken);
        });
        return command;
    }

    // A limit above the number of flags changes nothing.
    static int[] Usual(int flags) => [.. UsualLimits.TakeWhile(limit => limit < flags), Math.Min(flags, UsualLimits[^1])];

    static async Task<int> RunAsync(Call call, ComparisonSettings settings, int[] limits, CancellationToken cancellationToken)
    {
        var comparisons = new List<Comparison>();
        foreach (var limit in limits)
        {
            var started = await call.Client.StartAsync(settings with { Concurrency = limit }, cancellationToken);
            if (comparisons is []) call.Print(console => Report.Opening(console, started));
            call.Session.Error.Print($"[{comparisons.Count + 1}/{limits.Length}] limit {limit}: {started.Id}");
            comparisons.Add(await call.FollowAsync(started, verbose: false, cancellationToken));
            if (cancellationToken.IsCancellationRequested || comparisons[^1].Status is not ComparisonStatus.Completed) break;
        }

        var sweep = Of(settings.Strategies[0], comparisons);
        call.Result(sweep, console => Write(console, sweep));
        return cancellationToken.IsCancellationRequested ? ExitCode.Interrupted
            : comparisons.Count == limits.Length && comparisons.All(CompareCommand.AllStored) ? ExitCode.Stored : ExitCode.NotStored;
    }

    static Sweep Of(string strategy, List<Comparison> comparisons)
    {
        var points = comparisons.Where(comparison => comparison.Runs.Any(run => run.Counts)).Select(SweepPoint.Of).ToList();
        var best = points.MaxBy(point => point.GoodputPerSecond);
        return new(strategy, points.FirstOrDefault(point => point.GoodputPerSecond >= EnoughOfTheBest * best!.GoodputPerSecond)?.Limit, best?.Limit, points);
    }

    static void Write(IAnsiConsole console, Sweep sweep)
    {
        if (sweep.Points.FirstOrDefault(point => point.Limit == sweep.Best) is not { } best)
        {
            console.Print("No measured round is complete: there is nothing to say of the limits.");
            return;
        }

        var table = console.NewTable();
        foreach (var head in (string[])["limit", "flags per s", "95 %", "", "elapsed", "success", "comparison"])
        {
            var column = new TableColumn(head) { NoWrap = true, Padding = new(0, 0, 1, 0) };
            if (head is not ("" or "comparison" or "limit")) column.RightAligned();
            if (head is not "" || console.Profile.Width >= 100) table.AddColumn(column);
        }

        foreach (var point in sweep.Points)
        {
            var bar = new string(console.Profile.Capabilities.Unicode ? '█' : '#', (int)Math.Round(BarWidth * point.GoodputPerSecond / best.GoodputPerSecond));
            string[] cells = [$"{point.Limit}{(point.Limit == sweep.Use ? " <" : "")}", Figures.Number(point.GoodputPerSecond), Figures.Interval(point.Low, point.High, Figures.Number), bar,
                Figures.Seconds(point.MedianSeconds), Figures.Percent(point.SuccessRate), point.Id];
            table.AddRow(cells.Where((_, at) => at is not 3 || console.Profile.Width >= 100).Select(cell => new Text(cell)));
        }

        console.Write(table);
        var used = sweep.Points.First(point => point.Limit == sweep.Use);
        console.Print(
            $"Use {sweep.Use}: the lowest limit at which {sweep.Strategy} reaches nine tenths of the best goodput ({Figures.Number(used.GoodputPerSecond)} of {Figures.Number(best.GoodputPerSecond)} flags/s, at {best.Limit}).",
            new Style(decoration: Decoration.Bold));
        if (sweep.Use == sweep.Points[^1].Limit) console.Print("It is the highest that was tried: a higher one may be better still, where there are more flags (--limits).");
        if (sweep.Points.Any(point => point.Low is null)) console.Print($"Fewer than {MedianInterval.FewestValues} rounds have no interval: a second sweep may say otherwise.");
        console.Print($"Made of {Figures.Count(sweep.Points.Count, "comparison")}, one after the other: what changed on the machine in between looks as if the limit had done it.");
    }

    /// <param name="Use">The lowest limit that reaches nine tenths of the best goodput; null where nothing was measured.</param>
    sealed record Sweep(string Strategy, int? Use, int? Best, IReadOnlyList<SweepPoint> Points);

    /// <summary>One limit: medians over the rounds, goodput with its 95 % interval.</summary>
    sealed record SweepPoint(int Limit, string Id, double GoodputPerSecond, double? Low, double? High, double MedianSeconds, double SuccessRate)
    {
        public static SweepPoint Of(Comparison comparison)
        {
            Run[] runs = [.. comparison.Runs.Where(run => run.Counts)];
            double[] goodput = [.. runs.Select(run => run.Good / run.ElapsedSeconds)];
            var interval = MedianInterval.Of(goodput);
            return new(
                comparison.Settings.Concurrency, comparison.Id, MedianInterval.Median(goodput), interval?.Low, interval?.High,
                MedianInterval.Median(runs.Select(run => run.ElapsedSeconds)), (double)runs.Sum(run => run.Good) / runs.Sum(run => run.Requested));
        }
    }
}
