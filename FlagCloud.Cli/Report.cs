namespace FlagCloud.Cli;

/// <summary>What is said of a comparison: what is compared and on what, and, when it has ended, what came of it.</summary>
static class Report
{
    const int MostReasons = 5;

    // Settings that are told in words.
    static readonly string[] Told = ["strategies", "countries", "profile", "concurrency", "rounds", "maxRounds", "warmup", "seed"];

    static readonly Style Warning = new(Color.Yellow);

    /// <summary>It comes first, for without it no figure means anything.</summary>
    public static void Opening(IAnsiConsole console, Comparison comparison)
    {
        var environment = comparison.Environment;
        console.Print($"machine   {environment.Machine}, {Figures.Count(environment.Cores, "core")}, {environment.OperatingSystem}");
        console.Print($"runtime   {environment.Runtime}, {environment.GcMode} GC, {environment.BuildConfiguration} build");
        if (environment.BuildConfiguration is "Debug") console.Print("          CPU figures are higher than those of a Release build (-c Release).", Warning);
        console.Print($"origin    {environment.Origin}");
        console.Print($"storage   {environment.Storage}");
        if (environment.Silos.Count > 0) console.Print($"silos     {environment.Silos.Count} ({string.Join(", ", environment.Silos)})");
        if (comparison.Question is { } question) console.Print($"question  {question}");
        console.Print($"compare   {Settings(comparison)}");
    }

    /// <param name="downloads">Where any failed, all of them.</param>
    public static void Result(IAnsiConsole console, Comparison comparison, Uri address, IReadOnlyList<Download> downloads)
    {
        if (comparison.Summary is not []) console.Write(Tables.Of(comparison, console));
        else console.Print("No measured round is complete: there is nothing to compare.");
        if (comparison.Question is not null) Verdict(console, comparison);
        else if (comparison.Precision is { } precision) console.Print(Of(precision), precision.Enough ? Style.Plain : Warning);
        foreach (var (at, conclusion) in comparison.Conclusions.Index()) console.Print(conclusion, at is 0 ? Terminal.Bold : Style.Plain);
        console.WriteLine();
        foreach (var runs in comparison.Runs.GroupBy(run => run.Warmup).OrderBy(group => group.Key))
        {
            var outcomes = Figures.Outcomes(runs.Select(Figures.Counts).Aggregate(Figures.Sum));
            console.Print(
                $"{(runs.Key ? "warm-up" : "measured"),-9} {outcomes} of {Figures.Count(runs.Sum(run => run.Requested), "flag")} in {Figures.Count(runs.Count(), "run")}",
                runs.Any(run => run.Good < run.Requested) ? Warning : Style.Plain);
        }

        foreach (var reason in Reasons(downloads)) console.Print($"          {reason}");
        foreach (var interruption in comparison.Interruptions ?? []) console.Print($"lost      {interruption}", Warning);
        if (comparison is { StartedAt: { } start, EndedAt: { } end }) console.Print($"elapsed   {Figures.Seconds((end - start).TotalSeconds)}");
        console.Print($"status    {Status(comparison)}");
        console.Print($"id        {comparison.Id}");
        console.Print($"record    {address}");
    }

    public static string Status(Comparison comparison) => Figures.Words(comparison.Status) + (comparison.Reason is { } reason ? $": {reason}" : "");

    public static void Verdict(IAnsiConsole console, Comparison comparison)
    {
        if (comparison.Verdict is not { } verdict)
        {
            console.Print($"{comparison.Status.ToString().ToUpperInvariant()}: {comparison.Reason ?? "no verdict"}", Warning);
            return;
        }

        var style = verdict.Kind switch { VerdictKind.Holds => new(Color.Green), VerdictKind.DoesNotHold => new(Color.Red), _ => Warning };
        console.Print($"{Figures.Words(verdict.Kind).ToUpperInvariant()}: {verdict.Sentence}", style);
        foreach (var figure in verdict.Figures)
        {
            var unit = figure.Unit is "x" or "" ? figure.Unit : " " + figure.Unit;
            var interval = figure.Low is null ? "" : $", 95 % {Figures.Interval(figure.Low, figure.High, Figures.Number)}";
            var expected = figure.Expected is null ? "" : $" (expected: {figure.Expected})";
            console.Print($"          {figure.Name}: {Figures.Number(figure.Value)}{unit}{interval}{expected}");
        }

        if (comparison.Precision is { } precision) console.Print($"          {Of(precision)}");
    }

    static string Of(Precision precision) => precision.Enough
        ? $"{Figures.Count(precision.Rounds, "round")}, as many as it took for intervals of ±{Figures.Percent(precision.Wanted)}."
        : $"{Figures.Count(precision.Rounds, "round")}, the most allowed, were not enough for intervals of ±{Figures.Percent(precision.Wanted)}: "
            + $"{(precision.Reached is { } reached ? $"±{Figures.Percent(reached)} is as far as it came" : "there is no interval")}.";

    // What is compared, the settings that every figure depends on, and of the others those that are not as usual, by their names in JSON.
    static string Settings(Comparison comparison)
    {
        var settings = comparison.Settings;
        var rounds = settings.LastRound > settings.Rounds ? $"{settings.Rounds} to {settings.LastRound} rounds" : Figures.Count(settings.Rounds, "round");
        var span = settings.Countries is [var first, .., var last] ? $" ({first.ToUpperInvariant()} to {last.ToUpperInvariant()})" : "";
        return string.Join("; ",
        [
            string.Join(", ", comparison.AllTrials().Select(trial => trial.Name)),
            Figures.Count(settings.Countries.Count, "flag") + span,
            $"profile {settings.Profile}",
            $"at most {settings.Concurrency} in flight",
            rounds + (settings.Warmup ? " and a warm-up" : ", no warm-up"),
            $"seed {settings.Seed}",
            .. Unequal.Of(new ComparisonSettings(), settings).Where(one => !Told.Contains(one.Name)).Select(one => $"{one.Name} {one.B}"),
        ]);
    }

    // A line a reason, the most frequent first.
    static IEnumerable<string> Reasons(IReadOnlyList<Download> downloads)
    {
        var groups = downloads.Where(download => download.Outcome is Outcome.Error)
            .GroupBy(download => download.Reason ?? "no reason given", download => download.Country.ToUpperInvariant())
            .OrderByDescending(group => group.Count()).ToList();
        foreach (var group in groups.Take(MostReasons))
        {
            string[] countries = [.. group.Distinct().Order()];
            yield return $"{group.Count():#,0} x {group.Key} ({string.Join(' ', countries.Take(MostReasons))}{(countries.Length > MostReasons ? " ..." : "")})";
        }

        if (groups.Count > MostReasons) yield return $"and {Figures.Count(groups.Count - MostReasons, "other reason")}";
    }
}
