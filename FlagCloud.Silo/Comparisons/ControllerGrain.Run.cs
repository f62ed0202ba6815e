using OpenTelemetry;

namespace FlagCloud.Silo.Comparisons;

/// <summary>How a comparison runs: run after run, each written down as it goes.</summary>
sealed partial class ControllerGrain
{
    const string WarmupProfile = "local";
    static readonly TimeSpan NoteInterval = TimeSpan.FromSeconds(1), Idle = TimeSpan.FromSeconds(1), Quiet = TimeSpan.FromMilliseconds(30), WaitForQuiet = TimeSpan.FromSeconds(5);

    MeasuredRun? current;
    double backgroundCpu;

    Question? Question => record!.Question is { } id ? QuestionCatalogue.Find(id) : null;

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
            var recorded = interrupted ? await Resume() : null;
            await store.Save(record);
            foreach (var plan in PlannedRun.All(record.AllTrials(), record.Settings.LastRound, record.Settings.Warmup).Skip(record.Runs.Count))
            {
                if (cancellation.IsCancellationRequested || IsEnoughBefore(plan)) break;
                await RunOne(plan, recorded, span);
                recorded = null;
            }
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

    /// <returns>What is written down of the run that did not end.</returns>
    async Task<IReadOnlyList<Download>> Resume()
    {
        var recorded = await store.Resume(record!.Runs);
        var note = $"{time.GetUtcNow():O}: resumed on {silo.Name} with run {record.Runs.Count + 1}, of which {recorded.Count} downloads were written down.";
        LogResumed(Id, record.Runs.Count + 1, recorded.Count);
        record = record with { Interruptions = [.. record.Interruptions ?? [], note] };
        return recorded;
    }

    /// <param name="recorded">Of a run that is resumed, the downloads that are written down.</param>
    async Task RunOne(PlannedRun plan, IReadOnlyList<Download>? recorded, Activity? comparison)
    {
        DelayDeactivation(TimeSpan.FromHours(2));
        current = Measured(plan, recorded is null ? null : new(recorded, await StoredBy(plan, recorded)), Question?.Measures(plan.Trial.Name) ?? true);
        foreach (var viewer in viewers) viewer.Enqueue(current);

        var run = current.Execute(comparison?.Context ?? default);
        while (await Task.WhenAny(run, Task.Delay(NoteInterval, time)) != run)
            await Note(current);
        var result = await run;
        // It has ended, and the report says how, even if storage does not take its downloads and the comparison ends here.
        if (!stopping) record = record! with { Runs = [.. record.Runs, result] };
        await store.Append(current, stopping);
        if (stopping) return;
        if (result.TraceId is { } trace) comparison?.AddLink(new(new(ActivityTraceId.CreateFromString(trace), default, ActivityTraceFlags.Recorded)));
        if (IsLastOfRound(plan) && !plan.Warmup) record = Judged();
        if (record!.Settings.Warmup && (recorded is not null || (IsLastOfRound(plan) && plan.Warmup))) await SettleDown();
        await store.Save(record);
        LogRun(plan.Trial.Name, plan.Round, Id, result.ElapsedSeconds, result.Ok, result.Requested);
    }

    // A run does not end with storage's refusal to have it written down: there is time until its end.
    async Task Note(MeasuredRun run)
    {
        try
        {
            await store.Append(run, stopping);
        }
        catch (Exception e) when (e.IsOfStorage())
        {
            LogNotNoted(e, Id);
        }
    }

    MeasuredRun Measured(PlannedRun plan, Resumption? resumption, bool measureUse)
    {
        var settings = plan.Trial.Settings;
        var order = new DownloadOrder
        {
            ComparisonId = Id, Run = plan.Number, Seed = Question?.Seed(plan.Round) ?? settings.Seed + plan.Round,
            // A warm-up is for the code and the connections; waiting for an origin's delays would warm nothing.
            Profile = plan.Warmup && settings.Origin is null ? WarmupProfile : settings.Profile, Origin = settings.Origin,
            Mode = settings.Mode, Work = settings.Work, Quality = settings.Quality, InterpreterLock = settings.InterpreterLock, ConnectionReuse = settings.ConnectionReuse,
            Retries = settings.Retries, AttemptTimeout = settings.AttemptTimeoutSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        };
        var strategy = Question?.StrategyOf(plan.Trial.Name) ?? strategies.Single(strategy => strategy.Name == plan.Trial.Strategy);
        return new(plan, strategy, order, GrainFactory, instruments, resumption, measureUse, backgroundCpu, cancellation.Token);
    }

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
            using var meter = new UseMeter(instruments);
            var before = CpuReading.Now();
            await Task.Delay(Idle, time, cancellation.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            idle = before.Since();
            await meter.Stop(0);
            backgroundCpu = Math.Max(0, idle.TotalSeconds - idle.CompilationSeconds) / Idle.TotalSeconds; // The two have clocks of their own.
        }
        while (idle.CompilationSeconds > Quiet.TotalSeconds && time.GetElapsedTime(begunAt) < WaitForQuiet && !cancellation.IsCancellationRequested);
    }

    async Task WarmUpAgain()
    {
        using var quiet = SuppressInstrumentationScope.Begin();
        foreach (var trial in record!.AllTrials().Where(trial => trial.Settings.Origin is null).DistinctBy(trial => trial.Strategy))
            await Measured(new(0, trial, 0), null, measureUse: false).Execute(default);
    }

    // With everything that its runs say so far. Only whole rounds are looked at.
    Comparison Judged()
    {
        var summary = Summaries.Of(record!.Runs);
        var rounds = summary is [] ? 0 : summary.Min(one => one.Rounds);
        var finding = rounds is 0 ? null : Question?.Judge(new(record));
        var verdict = finding?.Verdict();
        var width = Question is null ? Summaries.Width(record.Runs) : finding?.Width; // Never who leads: that would be picking a winner.
        return record with
        {
            Summary = summary,
            Precision = record.Settings is { CiWidth: { } wanted, MaxRounds: { } ceiling } ? new(wanted, width, rounds, ceiling, width <= wanted) : null,
            Verdict = verdict,
            Conclusions = Question is null ? Conclusions.Of(record.Runs, summary) : verdict is null ? [] : [verdict.Sentence],
        };
    }

    bool IsEnoughBefore(PlannedRun plan) =>
        plan.Round > record!.Settings.Rounds && record.Runs.All(run => run.Round < plan.Round) && record.Precision is { Enough: true };

    /// <summary>Of the downloads that are not written down, those whose flag this very run has stored already: they will be repeated.</summary>
    async Task<HashSet<string>> StoredBy(PlannedRun plan, IReadOnlyList<Download> recorded)
    {
        var missing = plan.Trial.Settings.Countries.Except(recorded.Select(download => download.Country));
        var found = await Task.WhenAll(missing.Select(country => flags.Find(country, cancellation.Token)));
        return [.. found.OfType<StoredFlag>().Where(flag => flag.ComparisonId == Id && flag.Run == plan.Number).Select(flag => flag.Country)];
    }

    async Task End(ComparisonStatus status, string? reason)
    {
        record = Judged() with { Status = status, Reason = reason, EndedAt = time.GetUtcNow() };
        if (status is not ComparisonStatus.Completed) record = record with { Verdict = null };
        LogEnded(Id, status);
        try
        {
            await store.Save(record);
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
