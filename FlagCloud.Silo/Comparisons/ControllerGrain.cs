using System.Diagnostics;
using Azure;
using FlagCloud.Contracts;
using FlagCloud.Silo.Comparisons.Strategies;
using FlagCloud.Silo.Flags;
using FlagCloud.Silo.Telemetry;

namespace FlagCloud.Silo.Comparisons;

/// <summary>What a comparison answers to others. How it runs is in ControllerGrain.Run.cs, the live view in ControllerGrain.Watch.cs.</summary>
sealed partial class ControllerGrain(
    ComparisonStore store, FlagStore flags, IEnumerable<IStrategy> strategies, EnvironmentReport environment, Instruments instruments,
    ILocalSiloDetails silo, TimeProvider time, ILogger<ControllerGrain> logger) : Grain, IControllerGrain, IRemindable, IDisposable
{
    const string Revival = "revival";

    static readonly TimeSpan QueueInterval = TimeSpan.FromSeconds(5);

    readonly CancellationTokenSource cancellation = new();
    Comparison? record;
    ETag? stored;
    ActivityContext asked;
    Task running = Task.CompletedTask;
    IGrainTimer? waiting;
    bool interrupted, stopping;

    string Id => this.GetPrimaryKeyString();

    IQueueGrain Queue => GrainFactory.GetGrain<IQueueGrain>(0);

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (await store.Load(Id, cancellationToken) is not { } loaded) return;
        (record, stored) = loaded;
        if (record.Ended) return;
        // It was left in the middle: by a silo that died, or by one that was stopped. It queues for its turn again and goes on with what is missing.
        interrupted = record.Status is ComparisonStatus.Running;
        record = record with { Status = ComparisonStatus.Queued };
        AskForTurn();
    }

    /// <summary>Stops without an end: the next activation, here or elsewhere, goes on.</summary>
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
        stored = await store.Save(record, stored);
        AskForTurn();
        await RemindToRevive();
        return record;
    }

    public Task<bool> Begin()
    {
        if (record is not { Status: ComparisonStatus.Queued }) return Task.FromResult(record is { Ended: false });
        waiting?.Dispose();
        record = record with { Status = ComparisonStatus.Running, StartedAt = record.StartedAt ?? time.GetUtcNow(), Controller = silo.Name };
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

    /// <summary>Being called is all that it takes: an activation that was lost with its silo has been revived by now.</summary>
    public Task ReceiveReminder(string reminderName, TickStatus status) => record is { Ended: false } ? Task.CompletedTask : Forget();

    public void Dispose() => cancellation.Dispose();

    void AskForTurn() => waiting = this.RegisterGrainTimer(
        () => Queue.Enter(Id), new GrainTimerCreationOptions(TimeSpan.Zero, QueueInterval) { KeepAlive = true, Interleave = true });

    async Task RemindToRevive()
    {
        try
        {
            await this.RegisterOrUpdateReminder(Revival, ReviveOptions.Period, ReviveOptions.Period);
        }
        catch (Exception e)
        {
            LogNoReminder(e, Id);
        }
    }

    async Task Forget()
    {
        if (await this.GetReminder(Revival) is { } reminder) await this.UnregisterReminder(reminder);
    }

    [LoggerMessage(14, LogLevel.Warning, "Comparison {ComparisonId} has no reminder: should its silo die, it is resumed only when a silo starts or when somebody asks for it")]
    partial void LogNoReminder(Exception exception, string comparisonId);
}
