using System.Diagnostics;
using FlagCloud.Contracts;
using FlagCloud.Silo.Comparisons.Statistics;
using FlagCloud.Silo.Comparisons.Strategies;
using FlagCloud.Silo.Telemetry;

namespace FlagCloud.Silo.Comparisons;

sealed partial class ControllerGrain(
    ComparisonStore store, IEnumerable<IStrategy> strategies, EnvironmentReport environment, Instruments instruments, TimeProvider time,
    ILogger<ControllerGrain> logger) : Grain, IControllerGrain, IDisposable
{
    const string Interrupted = "The silo that ran this comparison stopped before it ended. The runs listed here had ended; start it again for the rest.";

    static readonly TimeSpan QueueReminder = TimeSpan.FromSeconds(5);

    readonly CancellationTokenSource cancellation = new();
    Comparison? record;
    MeasuredRun? current;
    ActivityContext asked;
    Task running = Task.CompletedTask;
    IGrainTimer? waiting;
    bool stopping;

    string Id => this.GetPrimaryKeyString();

    IQueueGrain Queue => GrainFactory.GetGrain<IQueueGrain>(0);

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        record = await store.Load(Id, cancellationToken);
        // Whoever ran it is gone: what was measured stands, what was not is not made up.
        if (record is { Ended: false })
            await End(ComparisonStatus.Failed, Interrupted);
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        stopping = true;
        await cancellation.CancelAsync();
        await running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    public async Task<Comparison> Start(ComparisonSettings settings)
    {
        if (record is not null) return record;
        asked = Activity.Current?.Context ?? default;
        record = new(Id, ComparisonStatus.Queued, null, time.GetUtcNow(), null, null, null, settings, await environment.Of(settings), [], [], []);
        await store.Save(record);
        waiting = this.RegisterGrainTimer(() => Queue.Enter(Id), new GrainTimerCreationOptions(TimeSpan.Zero, QueueReminder) { KeepAlive = true, Interleave = true });
        return record;
    }

    public Task<bool> Begin()
    {
        if (record is not { Status: ComparisonStatus.Queued }) return Task.FromResult(record is { Ended: false });
        waiting?.Dispose();
        record = record with { Status = ComparisonStatus.Running, StartedAt = time.GetUtcNow() };
        // Not awaited: it goes on between this grain's turns, on its scheduler, for as long as it takes.
        running = RunAll();
        return Task.FromResult(true);
    }

    public Task<Comparison?> Get() => Task.FromResult(record);

    public async Task<Comparison?> Cancel()
    {
        if (record is null or { Ended: true }) return record;
        await cancellation.CancelAsync();
        if (record.Status is ComparisonStatus.Queued) await End(ComparisonStatus.Cancelled, null);
        await Task.WhenAny(running, Task.Delay(TimeSpan.FromSeconds(5), time));
        return record;
    }

    public void Dispose() => cancellation.Dispose();

    async Task RunAll()
    {
        Activity.Current = null; // A comparison outlives the request that asked for it, so it is a trace of its own, linked to that one.
        using var span = instruments.Spans.StartActivity(
            TelemetryNames.ComparisonSpan, ActivityKind.Internal, default(ActivityContext), links: asked == default ? null : [new ActivityLink(asked)]);
        span?.SetTag(TelemetryNames.Comparison, Id);
        try
        {
            record = record! with { TraceId = span?.TraceId.ToHexString() };
            await store.Save(record);
            var offset = 0L;
            foreach (var plan in RoundPlan.Of(record.Settings.Strategies, record.Settings.Rounds, record.Settings.Warmup))
            {
                if (cancellation.IsCancellationRequested) break;
                offset = await RunOne(plan, offset);
            }
            await (stopping ? End(ComparisonStatus.Failed, Interrupted) : End(cancellation.IsCancellationRequested ? ComparisonStatus.Cancelled : ComparisonStatus.Completed, null));
        }
        catch (Exception e)
        {
            LogFailed(e, Id);
            span?.SetStatus(ActivityStatusCode.Error, e.Message);
            await End(ComparisonStatus.Failed, stopping ? Interrupted : $"{e.GetType().Name}: {e.Message.Split('\n')[0]}");
        }
    }

    async Task<long> RunOne(PlannedRun plan, long offset)
    {
        DelayDeactivation(TimeSpan.FromHours(2));
        current = new(plan, Id, record!.Settings, GrainFactory, instruments, cancellation.Token);
        foreach (var viewer in viewers) viewer.Enqueue(current);
        var run = await current.Execute(strategies.Single(strategy => strategy.Name == plan.Strategy));
        var end = await store.Append(Id, current.Since(0).Downloads, offset);
        record = record with { Runs = [.. record.Runs, run] };
        await store.Save(record);
        LogRun(plan.Strategy, plan.Round, Id, run.ElapsedSeconds, run.Ok, run.Requested);
        return end;
    }

    async Task End(ComparisonStatus status, string? reason)
    {
        var summary = Summaries.Of(record!.Runs);
        record = record with { Status = status, Reason = reason, EndedAt = time.GetUtcNow(), Summary = summary, Conclusions = Conclusions.Of(summary) };
        waiting?.Dispose();
        LogEnded(Id, status);
        try
        {
            await store.Save(record);
        }
        catch (Exception e)
        {
            LogNotSaved(e, Id);
        }
        if (!stopping) await Queue.Leave(Id); // Otherwise the queue notices by itself.
    }

    [LoggerMessage(10, LogLevel.Information, "{Strategy}, round {Round} of {ComparisonId}: {ElapsedSeconds:0.000} s, {Ok} of {Requested} flags stored")]
    partial void LogRun(string strategy, int round, string comparisonId, double elapsedSeconds, int ok, int requested);

    [LoggerMessage(11, LogLevel.Information, "Comparison {ComparisonId} ended: {Status}")]
    partial void LogEnded(string comparisonId, ComparisonStatus status);

    [LoggerMessage(12, LogLevel.Error, "Comparison {ComparisonId} failed")]
    partial void LogFailed(Exception exception, string comparisonId);

    [LoggerMessage(13, LogLevel.Error, "The final record of comparison {ComparisonId} could not be written")]
    partial void LogNotSaved(Exception exception, string comparisonId);
}
