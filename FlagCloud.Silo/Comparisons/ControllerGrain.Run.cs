using System.Diagnostics;
using FlagCloud.Contracts;
using FlagCloud.Silo.Comparisons.Statistics;
using FlagCloud.Silo.Storage;
using FlagCloud.Silo.Telemetry;

namespace FlagCloud.Silo.Comparisons;

/// <summary>How a comparison runs: run after run, each written down as it goes.</summary>
sealed partial class ControllerGrain
{
    static readonly TimeSpan JournalInterval = TimeSpan.FromSeconds(1);

    MeasuredRun? current;

    async Task RunAll()
    {
        Activity.Current = null; // A comparison outlives the request that asked for it, so it is a trace of its own, linked to that one.
        using var span = instruments.Spans.StartActivity(
            TelemetryNames.ComparisonSpan, ActivityKind.Internal, default(ActivityContext), links: asked == default ? null : [new ActivityLink(asked)]);
        span?.SetTag(TelemetryNames.Comparison, Id);
        try
        {
            record = record! with { TraceId = span?.TraceId.ToHexString() ?? record.TraceId };
            var journal = await Resume();
            stored = await store.Save(record, stored);
            foreach (var plan in RoundPlan.Of(record.Settings).Skip(record.Runs.Count))
                if (!Cancelled.IsCancellationRequested && !EnoughRounds.Before(plan, record))
                    await RunOne(plan, journal);
            if (!Stopping) await End(Cancelled.IsCancellationRequested ? ComparisonStatus.Cancelled : ComparisonStatus.Completed, null);
        }
        catch (OwnershipLostException e)
        {
            LogOwnershipLost(e, Id);
            await Abort();
            DeactivateOnIdle();
        }
        catch (Exception e) when (!Stopping)
        {
            LogFailed(e, Id);
            span?.SetStatus(ActivityStatusCode.Error, e.Message);
            await Abort();
            await End(ComparisonStatus.Failed, $"{e.GetType().Name}: {e.Message.Split('\n')[0]}");
        }
    }

    async Task<Journal> Resume()
    {
        if (!interrupted) return new(store, Id, 0, []);
        var journal = await Journal.Open(store, Id, record!.Runs);
        var note = $"{time.GetUtcNow():O}: resumed on {silo.Name} with run {record.Runs.Count + 1}, of which {journal.Unfinished.Count} of {record.Settings.Countries.Count} downloads were written down.";
        LogResumed(Id, record.Runs.Count + 1, journal.Unfinished.Count);
        record = record with { Interruptions = [.. record.Interruptions ?? [], note] };
        return journal;
    }

    async Task RunOne(PlannedRun plan, Journal journal)
    {
        DelayDeactivation(TimeSpan.FromHours(2));
        var settings = record!.Settings;
        var repeated = interrupted ? await StoredBy(plan, settings.Countries.Except(journal.Unfinished.Select(download => download.Country))) : [];
        current = new(plan, Id, settings, GrainFactory, instruments, interrupted ? new(journal.Unfinished, repeated) : null, Cancelled);
        interrupted = false;
        foreach (var viewer in viewers) viewer.Enqueue(current);

        var run = current.Execute(strategies.Single(strategy => strategy.Name == plan.Strategy));
        while (await Task.WhenAny(run, Task.Delay(JournalInterval, time)) != run)
            await journal.Write(current, Stopping);
        var result = await run;
        await journal.Write(current, Stopping);
        if (Stopping) return;
        journal.EndRun();
        record = record with { Runs = [.. record.Runs, result] };
        stored = await store.Save(record, stored);
        LogRun(plan.Strategy, plan.Round, Id, result.ElapsedSeconds, result.Ok, result.Requested);
    }

    /// <summary>Of the downloads that are not written down, those whose flag this very run has stored already: they will be repeated.</summary>
    async Task<HashSet<string>> StoredBy(PlannedRun plan, IEnumerable<string> countries)
    {
        var found = await Task.WhenAll(countries.Select(country => flags.Find(country, Cancelled)));
        return [.. found.OfType<StoredFlag>().Where(flag => flag.ComparisonId == Id && flag.Run == plan.Number).Select(flag => flag.Country)];
    }

    async Task End(ComparisonStatus status, string? reason)
    {
        var summary = Summaries.Of(record!.Runs);
        record = record with { Status = status, Reason = reason, EndedAt = time.GetUtcNow(), Summary = summary, Conclusions = Conclusions.Of(summary), Precision = EnoughRounds.Precision(record) };
        LogEnded(Id, status);
        try
        {
            stored = await store.Save(record, stored);
            await Leave();
        }
        catch (Exception e)
        {
            LogNotTidy(e, Id);
        }
    }

    [LoggerMessage(10, LogLevel.Information, "{Strategy}, round {Round} of {ComparisonId}: {ElapsedSeconds:0.000} s, {Ok} of {Requested} flags stored")]
    partial void LogRun(string strategy, int round, string comparisonId, double elapsedSeconds, int ok, int requested);

    [LoggerMessage(11, LogLevel.Information, "Comparison {ComparisonId} ended: {Status}")]
    partial void LogEnded(string comparisonId, ComparisonStatus status);

    [LoggerMessage(12, LogLevel.Error, "Comparison {ComparisonId} failed")]
    partial void LogFailed(Exception exception, string comparisonId);

    [LoggerMessage(13, LogLevel.Error, "Comparison {ComparisonId} ended, but its final record, its place in the queue or its reminder could not be updated")]
    partial void LogNotTidy(Exception exception, string comparisonId);

    [LoggerMessage(15, LogLevel.Warning, "Comparison {ComparisonId} is resumed with run {Run}, of which {Recorded} downloads were written down")]
    partial void LogResumed(string comparisonId, int run, int recorded);

    [LoggerMessage(16, LogLevel.Warning, "Comparison {ComparisonId} is given up here: another silo runs it")]
    partial void LogOwnershipLost(Exception exception, string comparisonId);
}
