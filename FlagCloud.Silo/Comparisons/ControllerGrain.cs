using System.Reflection;
using System.Runtime;
using System.Runtime.InteropServices;

namespace FlagCloud.Silo.Comparisons;

/// <summary>What a comparison answers to others. How it runs is in ControllerGrain.Run.cs, the live view in ControllerGrain.Watch.cs.</summary>
sealed partial class ControllerGrain(
    ComparisonStore store, FlagBlobs flags, IEnumerable<IStrategy> strategies, SettingsCheck check, EnvironmentReport environment,
    Instruments instruments, ILocalSiloDetails silo, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<ControllerGrain> logger) : Grain, IControllerGrain, IDisposable
{
    static readonly TimeSpan CancelWait = TimeSpan.FromSeconds(5);
    readonly CancellationTokenSource cancellation = new();
    Task running = Task.CompletedTask;
    Comparison? record;
    ActivityContext asked;
    bool starting, interrupted, stopping;

    string Id => this.GetPrimaryKeyString();
    IQueueGrain Queue => GrainFactory.GetGrain<IQueueGrain>(0);

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        record = await store.Open(Id, cancellationToken);
        if (record is null or { Ended: true }) return;
        // It was left in the middle: by a silo that died, or by one that was stopped. The queue tells when to go on with what is missing.
        interrupted = record.Status is ComparisonStatus.Running;
        record = record with { Status = ComparisonStatus.Queued };
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        stopping = true; // Nothing has ended: the next activation goes on.
        await cancellation.CancelAsync();
        await running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    public async Task<StartResult> Start(ComparisonSettings settings)
    {
        if (record is not null) return new(record, null);
        var (allowed, refusal) = await check.Of(settings);
        return allowed is null ? new(null, refusal) : await Enqueue(allowed, null, null);
    }

    public async Task<StartResult> Ask(string question)
    {
        if (record is not null) return new(record, null);
        if (QuestionCatalogue.Find(question) is not { } known)
            return Refused(
                RefusalKind.Unknown, $"There is no question '{question.Clean()}'. Ask one of {string.Join(", ", QuestionCatalogue.All.Select(one => $"{one.Number} ({one.Id})"))}.");
        var trials = new List<Trial>();
        foreach (var trial in known.Trials)
        {
            var (allowed, refusal) = await check.Of(known.Paced(trial.Settings));
            if (allowed is null) return new(null, refusal);
            trials.Add(trial with { Settings = allowed });
        }
        return await Enqueue(trials[0].Settings with { Strategies = [.. trials.Select(trial => trial.Strategy).Distinct()] }, known.Id, trials);
    }

    public Task<bool> Begin()
    {
        if (record is not { Status: ComparisonStatus.Queued }) return Task.FromResult(record is null ? starting : !record.Ended);
        record = record with { Status = ComparisonStatus.Running, StartedAt = record.StartedAt ?? time.GetUtcNow(), Controller = silo.Name };
        running = RunAll(); // Not awaited: it goes on between this grain's turns, on its scheduler.
        return Task.FromResult(true);
    }

    public Task<Comparison?> Get() => Task.FromResult(record);

    public async Task<Comparison?> Cancel()
    {
        if (record is null or { Ended: true }) return record;
        await cancellation.CancelAsync();
        if (record.Status is ComparisonStatus.Queued) await End(ComparisonStatus.Cancelled, null);
        await Task.WhenAny(running, Task.Delay(CancelWait, time));
        return record;
    }

    public void Dispose() => cancellation.Dispose();

    async Task<StartResult> Enqueue(ComparisonSettings settings, string? question, IReadOnlyList<Trial>? trials)
    {
        asked = Activity.Current?.Context ?? default;
        starting = true;
        try
        {
            if (!await Queue.Enter(Id))
                return Refused(RefusalKind.QueueFull, $"Nothing was started: {IQueueGrain.MaxWaiting} comparisons wait already, and they run one at a time. "
                    + "Wait for one to end, or cancel one.");
            var draft = new Comparison
            {
                Id = Id, Status = ComparisonStatus.Queued, CreatedAt = time.GetUtcNow(),
                Question = question, Settings = settings, Trials = trials, Environment = await environment.Of(settings),
            };
            await store.Create(draft);
            record = draft;
        }
        catch (Exception e) when (e.IsOfStorage() || e is TimeoutException)
        {
            LogNotStarted(e, Id);
            await Queue.Leave(Id);
            return Refused(RefusalKind.StorageSilent, $"Storage did not take the comparison's record, so nothing was started: {e.StorageCause()} "
                + "Is storage running (connection 'blobs'), and has its disk room?");
        }
        finally
        {
            starting = false;
        }
        await Queue.Written(Id);
        return new(record, null);
    }

    static StartResult Refused(RefusalKind kind, string detail) => new(null, new(kind, detail, new Dictionary<string, string[]>()));

    [LoggerMessage(18, LogLevel.Warning, "Comparison {ComparisonId} was not started: storage did not take its record")]
    partial void LogNotStarted(Exception exception, string comparisonId);
}

sealed class EnvironmentReport(IOptions<FlagOptions> options, IConfiguration configuration, BlobServiceClient blobs, IGrainFactory grains)
{
    public async Task<ComparisonEnvironment> Of(ComparisonSettings settings) => new()
    {
        Machine = Environment.MachineName,
        OperatingSystem = RuntimeInformation.OSDescription,
        Cores = Environment.ProcessorCount,
        Runtime = RuntimeInformation.FrameworkDescription,
        GcMode = $"{(GCSettings.IsServerGC ? "server" : "workstation")}, {(GCSettings.LatencyMode is GCLatencyMode.Batch ? "non-concurrent" : "concurrent")}",
        BuildConfiguration = typeof(EnvironmentReport).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration ?? "unknown",
        Origin = settings.Origin ?? Address(options.Value.Origin).Public(),
        Storage = blobs.Uri.Public(),
        Silos = [.. (await grains.GetGrain<IManagementGrain>(0).GetDetailedHosts(onlyActive: true)).Select(host => host.SiloName).Order(StringComparer.Ordinal)],
    };

    // A name that service discovery resolves says nothing to who reads the record elsewhere.
    Uri Address(Uri origin) => configuration[$"services:{origin.Host}:{origin.Scheme}:0"] is { } resolved ? new(resolved) : origin;
}
