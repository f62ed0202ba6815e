namespace FlagCloud.Cli;

/// <summary>What <c>flagcloud show --telemetry</c> says: each run by its record and by its trace, and whether they are the same.</summary>
static class TelemetryReport
{
    public static void Write(Call call, TelemetryCheck check)
    {
        call.Result(check);
        var console = call.Out;
        console.Write(Tables.Of<TracedRun>(console, check.Runs,
        [
            new("run", run => Figures.Run(run.Name, run.Round), Left: true),
            new("elapsed\nrecord", run => Seconds(run.RecordSeconds)),
            new("\ntrace", run => run.TraceSeconds is { } seconds ? Seconds(seconds) : "-"),
            new("\ndifference", run => run.Difference is { } difference ? Milliseconds(difference) : "-"),
            new("flags\nrecord", run => $"{run.Downloads}"),
            new("\ntrace", run => $"{run.TraceDownloads}"),
            new("spans\nlost", run => $"{run.LostSpans}"),
            new("", run => run.Agrees ? "" : "differs", Left: true),
        ]));
        if (check.Runs.Where(run => run.Difference is not null).MaxBy(run => run.Difference) is { Difference: { } most } worst)
            console.Print($"Largest difference: {Milliseconds(most)}, {Figures.Percent(most / worst.RecordSeconds)} of {Figures.Run(worst.Name, worst.Round)}.");
        if (check.Runs.Count(run => run.TraceSeconds is null) is > 0 and var gone)
            console.Print($"No trace of {Figures.Count(gone, "run")}: a dashboard that has much to store has it a minute later; "
                + "it keeps 10,000 traces, the newest, and forgets them all when its AppHost ends.");
        if (check.Runs.Any(run => run is { TraceSeconds: not null, LostSpans: > 0 }))
            console.Print("Spans were dropped before they were sent: a process ended more of them than may wait (OTEL_BSP_MAX_QUEUE_SIZE).");
        console.Print(
            check.Agrees
                ? $"Record and traces agree: {Figures.Count(check.Runs.Count, "run")}, {Figures.Count(check.Runs.Sum(run => run.Downloads), "download")}, no span lost."
                : $"Record and traces differ in {Figures.Count(check.Runs.Count(run => !run.Agrees), "run")}; {Figures.Count(check.Runs.Sum(run => run.LostSpans), "span")} lost. "
                    + $"Allowed are {Figures.Percent(TracedRun.ShareAllowed)} or {TracedRun.SecondsAllowed * 1e3} ms, and none lost.",
            Terminal.Bold);
    }

    // A digit more than elsewhere: it is what this is about.
    static string Seconds(double seconds) => $"{seconds:0.0000} s";
    static string Milliseconds(double seconds) => $"{seconds * 1e3:0.00} ms";
}
