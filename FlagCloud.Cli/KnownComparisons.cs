namespace FlagCloud.Cli;

/// <summary><c>flagcloud list</c>, <c>show</c> and <c>cancel</c>: what there is to do with comparisons that were started before.</summary>
static class KnownComparisons
{
    public static Command List(CommonOptions common)
    {
        var limit = SettingsOptions.Number("--limit", ["-l"], "Only the newest N [default: 20]", new(1, 200, "comparisons"));
        var command = new Command("list", "Show the newest comparisons") { limit };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var call = await common.OpenAsync(parsed, cancellationToken);
            var comparisons = await call.Client.GetAsync<List<Comparison>>($"api/comparisons?limit={parsed.GetValue(limit) ?? "20"}", cancellationToken);
            call.Result(comparisons);
            if (comparisons is []) call.Out.Print("No comparison yet: 'flagcloud compare' runs one.");
            else call.Out.Write(Table(comparisons, call.Out));
            return ExitCode.Stored;
        });
        return command;
    }

    public static Command Show(CommonOptions common)
    {
        var id = IdArgument();
        var telemetry = new Option<bool>("--telemetry") { Description = "Hold the record against the traces that Aspire's dashboard has of it; end with 1 if they differ" };
        var command = new Command("show", "Show one comparison, or the answer to a question, as it stands") { id, telemetry };
        var files = new OutputFiles(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var call = await common.OpenAsync(parsed, cancellationToken);
            var comparison = await call.Client.ComparisonAsync(parsed.GetValue(id)!, cancellationToken);
            var check = parsed.GetValue(telemetry) ? await call.Client.GetAsync<TelemetryCheck>($"api/comparisons/{comparison.Id}/telemetry", cancellationToken) : null;
            if (check is null)
            {
                Report.Opening(call.Out, comparison);
                await call.ReportAsync(comparison);
            }
            else TelemetryReport.Write(call, check);

            await files.WriteAsync(parsed, call, comparison.Id);
            return check is { Agrees: false } ? ExitCode.NotStored : ExitCode.Stored;
        });
        return command;
    }

    public static Command Cancel(CommonOptions common)
    {
        var id = IdArgument();
        var command = new Command("cancel", "Cancel a comparison that is queued or running") { id };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var call = await common.OpenAsync(parsed, cancellationToken);
            var comparison = await call.Client.ComparisonAsync(parsed.GetValue(id)!, cancellationToken);
            if (comparison.Ended)
            {
                call.Result(comparison);
                call.Out.Print($"{comparison.Id} has ended before: {Report.Status(comparison)}.");
            }
            else await call.ReportAsync(await new ComparisonWatch(call.Client, comparison.Id, call.Session.Patience, show: _ => { }).CancelAsync());
            return ExitCode.Stored;
        });
        return command;
    }

    static Argument<string> IdArgument()
    {
        var argument = new Argument<string>("ID") { Description = "The comparison's id, as 'flagcloud list' shows it" };
        argument.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !ComparisonId.IsWellFormed(token.Value))
                result.AddError($"'{token.Value}' is no comparison's id; they are like 20261123-091842-137-5f0c, and 'flagcloud list' shows them.");
        });
        return argument;
    }

    static Table Table(List<Comparison> comparisons, IAnsiConsole console) => Tables.Of<Comparison>(console, comparisons,
    [
        new("id (UTC)", one => one.Id, Left: true),
        new("status", one => Figures.Words(one.Status), Left: true),
        new("best", one => one switch
        {
            { Verdict: { } verdict } => Figures.Words(verdict.Kind),
            { Summary: [var best, ..] } => $"{best.Name} {Figures.Seconds(best.MedianSeconds)}",
            _ => "-",
        }, Left: true),
        new("flags", one => $"{one.Settings.Countries.Count}", Least: 72),
        new("profile", one => one.Question ?? one.Settings.Profile, Left: true, Least: 80),
        new("limit", one => $"{one.Settings.Concurrency}", Least: 100),
        new("rounds", one => $"{one.Settings.Rounds}", Least: 100),
    ]);
}
