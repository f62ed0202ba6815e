namespace FlagCloud.Cli;

static class SweepCommand
{
    const double EnoughOfTheBest = 0.9;
    const int BarWidth = 20;
    static readonly int[] UsualLimits = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];

    public static Command Create(CommonOptions common)
    {
        var strategy = new Option<string>("--strategy") { Description = "The strategy that is given the limits", DefaultValueFactory = _ => "async", HelpName = "NAME" };
        var limits = new Option<string?>("--limits")
        {
            Description = $"Downloads in flight at most, separated by commas [default: {string.Join(',', UsualLimits)}, up to the number of flags]",
            HelpName = "LIST",
        };
        limits.Validators.Add(result =>
        {
            if (result.Tokens is [var given] && given.Value.Split(',').Any(limit => !int.TryParse(limit, out var number) || number < UsualLimits[0] || number > UsualLimits[^1]))
                result.AddError($"--limits: '{given.Value}' is not allowed. Give whole numbers from {UsualLimits[0]} to {UsualLimits[^1]}, separated by commas.");
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
            if (comparisons is []) Report.Opening(call.Out, started);
            call.Session.Error.Print($"[{comparisons.Count + 1}/{limits.Length}] limit {limit}: {started.Id}");
            comparisons.Add(await call.FollowAsync(started, verbose: false, cancellationToken));
            if (cancellationToken.IsCancellationRequested || comparisons[^1].Status is not ComparisonStatus.Completed) break;
        }

        SweepPoint[] points = [.. comparisons.Where(one => one.Summary is [_]).Select(one => new SweepPoint(one.Settings.Concurrency, one.Id, one.Summary[0]))];
        var best = points.MaxBy(point => point.Summary.GoodputPerSecond);
        var use = points.FirstOrDefault(point => point.Summary.GoodputPerSecond >= EnoughOfTheBest * best!.Summary.GoodputPerSecond);
        var sweep = new Sweep(settings.Strategies[0], use, best, points);
        call.Result(sweep);
        Write(call.Out, sweep);
        return ExitCode.Of(comparisons.Count == limits.Length && comparisons.All(CompareCommand.AllStored), cancellationToken);
    }

    static void Write(IAnsiConsole console, Sweep sweep)
    {
        if (sweep is not { Best.Summary.GoodputPerSecond: var most, Use: { } use })
        {
            console.Print("No measured round is complete: there is nothing to say of the limits.");
            return;
        }

        var bar = console.Profile.Capabilities.Unicode ? '█' : '#';
        console.Write(Tables.Of<SweepPoint>(console, sweep.Points,
        [
            new("limit", point => $"{(point == use ? "> " : "")}{point.Limit}"),
            new("flags\nper s", point => Figures.Number(point.Summary.GoodputPerSecond)),
            new("", point => new string(bar, (int)Math.Round(BarWidth * point.Summary.GoodputPerSecond / most)), Left: true),
            new("elapsed", point => Figures.Seconds(point.Summary.MedianSeconds)),
            new("95 %", point => Figures.Interval(point.Summary.CiLowSeconds, point.Summary.CiHighSeconds, Figures.Number), Least: 76),
            new("success", point => Figures.Percent(point.Summary.SuccessRate)),
            new("comparison", point => point.Id, Left: true, Least: 100),
        ]));
        console.Print(
            $"Use {use.Limit}: the lowest limit at which {sweep.Strategy} reaches nine tenths of the best goodput "
            + $"({Figures.Number(use.Summary.GoodputPerSecond)} of {Figures.Number(most)} flags/s, at {sweep.Best.Limit}).",
            Terminal.Bold);
        if (use == sweep.Points[^1]) console.Print("It is the highest that was tried: a higher one may be better still, where there are more flags (--limits).");
        if (sweep.Points.Any(point => point.Summary.CiLowSeconds is null))
            console.Print($"Fewer than {MedianInterval.FewestValues} rounds have no interval: a second sweep may say otherwise.");
        console.Print($"Made of {Figures.Count(sweep.Points.Count, "comparison")}, one after the other: what changed on the machine in between looks as if the limit had done it.");
    }

    /// <param name="Use">The lowest limit that reaches nine tenths of the best goodput; null where nothing was measured.</param>
    sealed record Sweep(string Strategy, SweepPoint? Use, SweepPoint? Best, IReadOnlyList<SweepPoint> Points);

    sealed record SweepPoint(int Limit, string Id, StrategySummary Summary);
}
