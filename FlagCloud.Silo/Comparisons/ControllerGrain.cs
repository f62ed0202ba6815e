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
    ILocalSiloDetails silo, TimeProvider clock, ILogger<ControllerGrain> log) : QueuedGrain(clock, log), IControllerGrain
{
    readonly ILogger logger = log;
    readonly TimeProvider time = clock;
    Comparison? record;
    ETag? stored;
    ActivityContext asked;
    bool interrupted;

    protected override bool IsUnfinished => record is { Ended: false };

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
        record = record with { Status = ComparisonStatus.Running, StartedAt = record.StartedAt ?? time.GetUtcNow(), Controller = silo.Name };
        Run(RunAll);
        return Task.FromResult(true);
    }

    public Task<Comparison?> Get() => Task.FromResult(record);

    public async Task<Comparison?> Cancel()
    {
        if (record is null or { Ended: true }) return record;
        await Abort();
        if (record.Status is ComparisonStatus.Queued) await End(ComparisonStatus.Cancelled, null);
        await Settle();
        return record;
    }
}
