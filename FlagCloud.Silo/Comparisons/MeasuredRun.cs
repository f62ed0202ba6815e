using System.Diagnostics;
using FlagCloud.Contracts;
using FlagCloud.Silo.Comparisons.Statistics;
using FlagCloud.Silo.Comparisons.Strategies;
using FlagCloud.Silo.Flags;
using FlagCloud.Silo.Telemetry;
using Orleans.Runtime.Messaging;
using Polly;
using Polly.Retry;
using Outcome = FlagCloud.Contracts.Outcome;

namespace FlagCloud.Silo.Comparisons;

/// <summary>One strategy over all countries: the measured region, and the one function that every strategy calls.</summary>
/// <param name="measureUse">Whether to measure what the run uses; without, the run costs what it costs by itself.</param>
sealed class MeasuredRun(
    PlannedRun plan, string comparisonId, ComparisonSettings settings, IGrainFactory grains, Instruments instruments, Resumption? resumption,
    CancellationToken cancellationToken, bool measureUse = true)
{
    // Downloads can be done twice without harm, so a call that was lost with its silo is made again until another silo answers.
    static readonly ResiliencePipeline LostCalls = new ResiliencePipelineBuilder().AddRetry(new RetryStrategyOptions
    {
        ShouldHandle = new PredicateBuilder().Handle<SiloUnavailableException>().Handle<OrleansMessageRejectionException>()
            .Handle<ConnectionFailedException>().Handle<TimeoutException>(),
        MaxRetryAttempts = 30,
        Delay = TimeSpan.FromSeconds(1),
    }).Build();

    readonly DownloadOrder order = new(
        comparisonId, settings.Profile, settings.Origin, settings.Seed + plan.Round, settings.Mode, settings.Work, settings.InterpreterLock, plan.Number,
        settings.Quality, settings.AttemptTimeoutSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null, settings.Retries, settings.ConnectionReuse);
    readonly Dictionary<string, int> submitIndex = settings.Countries.Index().ToDictionary(pair => pair.Item, pair => pair.Index);
    readonly RunFutures futures = new(settings.Countries, resumption?.Recorded ?? []);
    readonly List<Download> downloads = [.. resumption?.Recorded ?? []];
    readonly Lock gate = new();
    UseMeter? use;
    ActivityContext parent;
    long begunAt;
    double elapsed;
    int inFlight, peakInFlight, originPeakInFlight;
    bool interrupted = resumption is not null;

    public PlannedRun Plan => plan;

    /// <summary>Null until the run has ended.</summary>
    public Run? Result { get; private set; }

    /// <summary>The downloads that have ended, in the order of their ends, from the given one on; and how many are in flight.</summary>
    public (IReadOnlyList<Download> Downloads, int InFlight, double ElapsedSeconds) Since(int first)
    {
        lock (gate)
            return ([.. downloads.Skip(first)], inFlight, elapsed is 0 && begunAt is not 0 ? Now() : elapsed);
    }

    /// <summary>How many futures are pending, and which are running.</summary>
    public (int Pending, IReadOnlyList<Future> Running) Futures()
    {
        lock (gate) return (futures.Pending, futures.Running());
    }

    public async Task<Run> Execute(IStrategy strategy)
    {
        using var span = instruments.Spans.StartActivity($"{TelemetryNames.RunSpan} {plan.Strategy}");
        span?.SetTag(TelemetryNames.Comparison, comparisonId).SetTag(TelemetryNames.Strategy, plan.Strategy).SetTag(TelemetryNames.Round, plan.Round)
            .SetTag(TelemetryNames.Concurrency, settings.Concurrency).SetTag(TelemetryNames.Profile, settings.Profile)
            .SetTag(TelemetryNames.Requested, settings.Countries.Count);
        parent = span?.Context ?? default;
        using var meter = use = measureUse ? new UseMeter(instruments.Code) : null;
        var cpu = Environment.CpuUsage.TotalTime;
        begunAt = Stopwatch.GetTimestamp();
        await strategy.Run(Missing(), settings.Concurrency, DownloadOne);
        elapsed = Now();
        var used = Environment.CpuUsage.TotalTime - cpu;
        var resources = meter is null ? null : await meter.Stop(elapsed, used, downloads.Sum(download => download.LockWaitSeconds));
        Result = Report(used, strategy.OneAtATime ? 1 : settings.Concurrency, resources);
        instruments.RunEnded(Result);
        return Result;
    }

    IReadOnlyList<string> Missing() => resumption is null
        ? settings.Countries
        : [.. settings.Countries.Except(resumption.Recorded.Select(download => download.Country))];

    // The call up to its first wait is the caller's own code; a thread of the strategy's own then waits for the rest.
    Task DownloadOne(string country)
    {
        using var caller = instruments.Code.EnterCaller();
        var download = Download(country);
        use?.Waits(download);
        return download;
    }

    async Task Download(string country)
    {
        using var span = instruments.Spans.StartActivity(TelemetryNames.FlagSpan, ActivityKind.Internal, parent);
        span?.SetTag(TelemetryNames.Country, country).SetTag(TelemetryNames.Strategy, plan.Strategy);
        var startedSeconds = Begin(country);
        DownloadReceipt? receipt = null;
        string? reason = null;
        var calls = 0;
        try
        {
            receipt = await LostCalls.ExecuteAsync(
                async token =>
                {
                    interrupted |= calls++ > 0;
                    return await grains.GetGrain<IFlagGrain>(country).Download(order, token);
                },
                cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
        catch (Exception e)
        {
            reason = $"the flag's grain did not answer: {e.Message}";
        }
        var repeats = Math.Max(0, calls - 1) + (resumption?.Repeated.Contains(country) is true ? 1 : 0);
        using var caller = instruments.Code.EnterCaller();
        var download = End(country, startedSeconds, receipt, reason, repeats);
        span?.SetTag(TelemetryNames.Outcome, download.Outcome.ToString()).SetTag(TelemetryNames.Attempt, download.Attempts)
            .SetTag(TelemetryNames.Bytes, download.Bytes).SetTag(TelemetryNames.Silo, download.Silo)
            .SetTag(TelemetryNames.SubmitIndex, download.SubmitIndex).SetTag(TelemetryNames.CompletionIndex, download.CompletionIndex)
            .SetTag(TelemetryNames.State, download.State.ToString()).SetTag(TelemetryNames.LockWait, download.LockWaitSeconds);
        if (download.WorkedOn is not null) span?.SetTag(TelemetryNames.WorkedOn, download.WorkedOn);
        if (download.Outcome is Outcome.Error) span?.SetStatus(ActivityStatusCode.Error, download.Reason);
    }

    double Begin(string country)
    {
        instruments.Started(plan.Strategy);
        lock (gate)
        {
            peakInFlight = Math.Max(peakInFlight, ++inFlight);
            var now = Now();
            futures.Began(submitIndex[country], now);
            return now;
        }
    }

    Download End(string country, double started, DownloadReceipt? receipt, string? failure, int repeats)
    {
        Download download;
        double ended;
        lock (gate)
        {
            inFlight--;
            originPeakInFlight = Math.Max(originPeakInFlight, receipt?.OriginInFlight ?? 0);
            ended = Now();
            var outcome = receipt?.Outcome ?? (failure is null ? Outcome.Cancelled : Outcome.Error);
            var state = FutureStates.Of(outcome);
            futures.Ended(submitIndex[country], state);
            download = new(
                country, plan.Strategy, plan.Round, outcome, receipt?.Reason ?? failure,
                receipt?.Attempts ?? 0, receipt?.Bytes ?? 0, receipt?.Sha256, submitIndex[country], downloads.Count,
                0, started, started + receipt?.HeadersSeconds, started + receipt?.BodySeconds, started + receipt?.WorkedSeconds,
                started + receipt?.StoredSeconds, receipt?.DelaySeconds ?? 0, receipt?.Silo, repeats,
                state, ended, receipt?.LockWaitSeconds ?? 0, receipt?.WorkedOn);
            downloads.Add(download);
        }
        instruments.Ended(download, ended);
        return download;
    }

    Run Report(TimeSpan cpu, int limit, ResourceUse? resources)
    {
        int Count(Outcome outcome) => downloads.Count(download => download.Outcome == outcome);
        return new(
            plan.Strategy, plan.Round, plan.Warmup, elapsed, settings.Countries.Count,
            Count(Outcome.Ok), Count(Outcome.NotModified), Count(Outcome.NotFound), Count(Outcome.Error), Count(Outcome.Cancelled),
            downloads.Sum(download => download.Bytes), downloads.Sum(download => download.Attempts),
            peakInFlight, originPeakInFlight is 0 ? null : originPeakInFlight, use?.CallerThreads ?? 0, cpu.TotalSeconds,
            IdealSchedule.LowerBound([.. downloads.Select(download => download.DelaySeconds)], limit), interrupted,
            resources, Orders.Of(downloads), Orders.Phases(downloads));
    }

    double Now() => Stopwatch.GetElapsedTime(begunAt).TotalSeconds;
}
