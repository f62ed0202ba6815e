using System.Runtime;
using FlagCloud.Silo.Questions;
using OpenTelemetry;

namespace FlagCloud.Silo.Comparisons;

/// <summary>How a comparison runs: run after run, each written down as it goes.</summary>
sealed partial class ControllerGrain
{
    static readonly TimeSpan JournalInterval = TimeSpan.FromSeconds(1), Quiet = TimeSpan.FromMilliseconds(30), WaitForQuiet = TimeSpan.FromSeconds(5), Idle = TimeSpan.FromSeconds(1);

    MeasuredRun? current;
    double backgroundCpu;

    Question? Question => record!.Question is { } id ? questions.Find(id) : null;

    async Task RunAll()
    {
        // A comparison outlives the request that asked for it, so it is a trace of its own, linked to that one; calls would carry the request's trace along.
        Activity.Current = null;
        Orleans.Runtime.RequestContext.Clear();
        using var span = instruments.Spans.StartActivity(
            TelemetryNames.ComparisonSpan, ActivityKind.Internal, default(ActivityContext), links: asked == default ? null : [new ActivityLink(asked)]);
        span?.SetTag(TelemetryNames.Comparison, Id).SetTag(TelemetryNames.Question, record!.Question);
        try
        {
            record = record! with { TraceId = span?.TraceId.ToHexString() ?? record.TraceId };
            var journal = await Resume();
            stored = await store.Save(record, stored);
            foreach (var plan in PlannedRun.All(record.AllTrials(), record.Settings.LastRound, record.Settings.Warmup).Skip(record.Runs.Count))
                if (!cancellation.IsCancellationRequested && !IsEnoughBefore(plan))
                    await RunOne(plan, journal, span);
            if (!stopping) await End(cancellation.IsCancellationRequested ? ComparisonStatus.Cancelled : ComparisonStatus.Completed, null);
        }
        catch (OwnershipLostException e)
        {
            LogOwnershipLost(e, Id);
            await cancellation.CancelAsync();
            DeactivateOnIdle();
        }
        catch (Exception e) when (!stopping)
        {
            LogFailed(e, Id);
            span?.SetStatus(ActivityStatusCode.Error, e.Message);
            await cancellation.CancelAsync();
            await End(ComparisonStatus.Failed, e.IsOfStorage() ? $"storage did not take the comparison's record: {e.StorageCause()}" : $"{e.GetType().Name}: {e.Message.Clean()}");
        }
    }

    async Task<Journal> Resume()
    {
        if (!interrupted) return new(store, Id, 0, []);
        var journal = await Journal.Open(store, Id, record!.Runs);
        var note = $"{time.GetUtcNow():O}: resumed on {silo.Name} with run {record.Runs.Count + 1}, of which {journal.Unfinished.Count} downloads were written down.";
        LogResumed(Id, record.Runs.Count + 1, journal.Unfinished.Count);
        record = record with { Interruptions = [.. record.Interruptions ?? [], note] };
        return journal;
    }

    async Task RunOne(PlannedRun plan, Journal journal, Activity? comparison)
    {
        DelayDeactivation(TimeSpan.FromHours(2));
        var repeated = interrupted ? await StoredBy(plan, plan.Trial.Settings.Countries.Except(journal.Unfinished.Select(download => download.Country))) : [];
        current = new(
            plan, Order(plan), GrainFactory, instruments, interrupted ? new(journal.Unfinished, repeated) : null, Question?.Measures(plan.Trial.Name) ?? true,
            backgroundCpu, cancellation.Token);
        var isResumed = interrupted;
        interrupted = false;
        foreach (var viewer in viewers) viewer.Enqueue(current);

        var run = current.Execute(StrategyOf(plan.Trial), comparison?.Context ?? default);
        while (await Task.WhenAny(run, Task.Delay(JournalInterval, time)) != run)
            await Note(journal, current);
        var result = await run;
        // It has ended, and the report says how, even if storage does not take its downloads and the comparison ends here.
        if (!stopping) record = record! with { Runs = [.. record.Runs, result] };
        await journal.Write(current, stopping);
        if (stopping) return;
        journal.EndRun();
        if (result.TraceId is { } trace) comparison?.AddLink(new(new(ActivityTraceId.CreateFromString(trace), default, ActivityTraceFlags.Recorded)));
        if (IsLastOfRound(plan) && !plan.Warmup) record = Judged();
        if (record!.Settings.Warmup && (isResumed || (IsLastOfRound(plan) && plan.Warmup))) await SettleDown();
        stored = await store.Save(record, stored);
        LogRun(plan.Trial.Name, plan.Round, Id, result.ElapsedSeconds, result.Ok, result.Requested);
    }

    // A run does not end with storage's refusal to have it written down: there is time until its end.
    async Task Note(Journal journal, MeasuredRun run)
    {
        try
        {
            await journal.Write(run, stopping);
        }
        catch (Exception e) when (e.IsOfStorage())
        {
            LogNotNoted(e, Id);
        }
    }

    DownloadOrder Order(PlannedRun plan)
    {
        var settings = plan.Trial.Settings;
        return new()
        {
            ComparisonId = Id,
            Run = plan.Number,
            // A warm-up is for the code and the connections; waiting for an origin's delays would warm nothing.
            Profile = plan.Warmup && settings.Origin is null ? WarmupProfile : settings.Profile,
            Origin = settings.Origin,
            Seed = Question?.Seed(plan.Round) ?? settings.Seed + plan.Round,
            Mode = settings.Mode,
            Work = settings.Work,
            Quality = settings.Quality,
            InterpreterLock = settings.InterpreterLock,
            AttemptTimeout = settings.AttemptTimeoutSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            Retries = settings.Retries,
            ConnectionReuse = settings.ConnectionReuse,
        };
    }

    const string WarmupProfile = "local";

    bool IsLastOfRound(PlannedRun plan) => record!.Runs.Count(run => run.Round == plan.Round) == record.AllTrials().Count;

    // What the warm-up shows to be hot is compiled anew in the background, which would take its cores from the first measured runs: so it goes on, unrecorded, until
    // a second in which nothing is downloaded is quiet. What that second takes, any other does.
    async Task SettleDown()
    {
        var begunAt = time.GetTimestamp();
        CpuReading idle;
        do
        {
            await WarmUpAgain();
            using var meter = new UseMeter(instruments.Code);
            var before = CpuReading.Now();
            await Task.Delay(Idle, time, cancellation.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            idle = before.Since();
            await meter.Stop(0);
            backgroundCpu = idle.WithoutCompilation / Idle.TotalSeconds;
        }
        while (idle.CompilationSeconds > Quiet.TotalSeconds && time.GetElapsedTime(begunAt) < WaitForQuiet && !cancellation.IsCancellationRequested);
    }

    async Task WarmUpAgain()
    {
        using var quiet = SuppressInstrumentationScope.Begin();
        foreach (var trial in record!.AllTrials().Where(trial => trial.Settings.Origin is null).DistinctBy(trial => trial.Strategy))
        {
            var plan = new PlannedRun(0, trial, 0);
            await new MeasuredRun(plan, Order(plan), GrainFactory, instruments, null, false, 0, cancellation.Token).Execute(StrategyOf(trial), default);
        }
    }

    IStrategy StrategyOf(Trial trial) => Question?.StrategyOf(trial.Name) ?? strategies.Single(strategy => strategy.Name == trial.Strategy);

    /// <summary>With everything that its runs say so far. Only whole rounds are looked at.</summary>
    Comparison Judged()
    {
        var summary = Summaries.Of(record!.Runs);
        var rounds = summary is [] ? 0 : summary.Min(one => one.Rounds);
        var finding = rounds is 0 ? null : Question?.Judge(new(record));
        var verdict = finding?.Verdict();
        var width = Question is null ? Summaries.Width(summary) : finding?.Width; // Never who leads: that would be picking a winner.
        return record with
        {
            Summary = summary,
            Precision = record.Settings is { CiWidth: { } wanted, MaxRounds: { } ceiling } ? new(wanted, width, rounds, ceiling, width <= wanted) : null,
            Verdict = verdict,
            Conclusions = Question is null ? Conclusions.Of(record.Runs, summary) : verdict is null ? [] : [verdict.Sentence],
        };
    }

    /// <summary>Whether this run need not be done any more.</summary>
    bool IsEnoughBefore(PlannedRun plan) =>
        plan.Round > record!.Settings.Rounds && record.Runs.All(run => run.Round < plan.Round) && record.Precision is { Enough: true };

    /// <summary>Of the downloads that are not written down, those whose flag this very run has stored already: they will be repeated.</summary>
    async Task<HashSet<string>> StoredBy(PlannedRun plan, IEnumerable<string> countries)
    {
        var found = await Task.WhenAll(countries.Select(country => flags.Find(country, cancellation.Token)));
        return [.. found.OfType<StoredFlag>().Where(flag => flag.ComparisonId == Id && flag.Run == plan.Number).Select(flag => flag.Country)];
    }

    async Task End(ComparisonStatus status, string? reason)
    {
        record = Judged() with { Status = status, Reason = reason, EndedAt = time.GetUtcNow() };
        if (status is not ComparisonStatus.Completed) record = record with { Verdict = null };
        LogEnded(Id, status);
        try
        {
            stored = await store.Save(record, stored);
            using var housekeeping = SuppressInstrumentationScope.Begin();
            await Queue.Leave(Id);
        }
        catch (Exception e)
        {
            LogNotTidy(e, Id);
        }
    }

    [LoggerMessage(10, LogLevel.Information, "{Trial}, round {Round} of {ComparisonId}: {ElapsedSeconds:0.000} s, {Ok} of {Requested} flags stored")]
    partial void LogRun(string trial, int round, string comparisonId, double elapsedSeconds, int ok, int requested);

    [LoggerMessage(11, LogLevel.Information, "Comparison {ComparisonId} ended: {Status}")]
    partial void LogEnded(string comparisonId, ComparisonStatus status);

    [LoggerMessage(12, LogLevel.Error, "Comparison {ComparisonId} failed")]
    partial void LogFailed(Exception exception, string comparisonId);

    [LoggerMessage(13, LogLevel.Error, "Comparison {ComparisonId} ended, but its final record or its place in the queue could not be updated")]
    partial void LogNotTidy(Exception exception, string comparisonId);

    [LoggerMessage(19, LogLevel.Warning, "Storage does not take the downloads of {ComparisonId}; it is tried again")]
    partial void LogNotNoted(Exception exception, string comparisonId);

    [LoggerMessage(15, LogLevel.Warning, "Comparison {ComparisonId} is resumed with run {Run}, of which {Recorded} downloads were written down")]
    partial void LogResumed(string comparisonId, int run, int recorded);

    [LoggerMessage(16, LogLevel.Warning, "Comparison {ComparisonId} is given up here: another silo runs it")]
    partial void LogOwnershipLost(Exception exception, string comparisonId);
}
