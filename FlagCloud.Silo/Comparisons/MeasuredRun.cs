using System.Collections.Concurrent;
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
sealed class MeasuredRun(
    PlannedRun plan, string comparisonId, ComparisonSettings settings, IGrainFactory grains, Instruments instruments, Resumption? resumption,
    CancellationToken cancellationToken)
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
        comparisonId, settings.Profile, settings.Origin, settings.Seed + plan.Round, settings.Mode, settings.Work, settings.InterpreterLock, plan.Number);
    readonly Dictionary<string, int> submitIndex = settings.Countries.Index().ToDictionary(pair => pair.Item, pair => pair.Index);
    readonly ConcurrentDictionary<int, bool> threads = [];
    readonly List<Download> downloads = [.. resumption?.Recorded ?? []];
    readonly Lock gate = new();
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

    public async Task<Run> Execute(IStrategy strategy)
    {
        using var span = instruments.Spans.StartActivity($"{TelemetryNames.RunSpan} {plan.Strategy}");
        span?.SetTag(TelemetryNames.Comparison, comparisonId).SetTag(TelemetryNames.Strategy, plan.Strategy).SetTag(TelemetryNames.Round, plan.Round)
            .SetTag(TelemetryNames.Concurrency, settings.Concurrency).SetTag(TelemetryNames.Profile, settings.Profile)
            .SetTag(TelemetryNames.Requested, settings.Countries.Count);
        parent = span?.Context ?? default;
        var cpu = Environment.CpuUsage.TotalTime;
        begunAt = Stopwatch.GetTimestamp();
        await strategy.Run(Missing(), settings.Concurrency, DownloadOne);
        elapsed = Now();
        Result = Report(Environment.CpuUsage.TotalTime - cpu, strategy.OneAtATime ? 1 : settings.Concurrency);
        instruments.RunEnded(Result);
        return Result;
    }

    IReadOnlyList<string> Missing() => resumption is null
        ? settings.Countries
        : [.. settings.Countries.Except(resumption.Recorded.Select(download => download.Country))];

    async Task DownloadOne(string country)
    {
        threads.TryAdd(Environment.CurrentManagedThreadId, true);
        using var span = instruments.Spans.StartActivity(TelemetryNames.FlagSpan, ActivityKind.Internal, parent);
        span?.SetTag(TelemetryNames.Country, country).SetTag(TelemetryNames.Strategy, plan.Strategy);
        var startedSeconds = Begin();
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
        var download = End(country, startedSeconds, receipt, reason, repeats);
        span?.SetTag(TelemetryNames.Outcome, download.Outcome.ToString()).SetTag(TelemetryNames.Attempt, download.Attempts)
            .SetTag(TelemetryNames.Bytes, download.Bytes).SetTag(TelemetryNames.Silo, download.Silo)
            .SetTag(TelemetryNames.SubmitIndex, download.SubmitIndex).SetTag(TelemetryNames.CompletionIndex, download.CompletionIndex);
        if (download.Outcome is Outcome.Error) span?.SetStatus(ActivityStatusCode.Error, download.Reason);
    }

    double Begin()
    {
        instruments.Started(plan.Strategy);
        lock (gate)
        {
            peakInFlight = Math.Max(peakInFlight, ++inFlight);
            return Now();
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
            download = new(
                country, plan.Strategy, plan.Round,
                receipt?.Outcome ?? (failure is null ? Outcome.Cancelled : Outcome.Error), receipt?.Reason ?? failure,
                receipt?.Attempts ?? 0, receipt?.Bytes ?? 0, receipt?.Sha256, submitIndex[country], downloads.Count,
                0, started, started + receipt?.HeadersSeconds, started + receipt?.BodySeconds, started + receipt?.WorkedSeconds,
                started + receipt?.StoredSeconds, receipt?.DelaySeconds ?? 0, receipt?.Silo, repeats);
            downloads.Add(download);
        }
        instruments.Ended(download, ended);
        return download;
    }

    Run Report(TimeSpan cpu, int limit)
    {
        int Count(Outcome outcome) => downloads.Count(download => download.Outcome == outcome);
        return new(
            plan.Strategy, plan.Round, plan.Warmup, elapsed, settings.Countries.Count,
            Count(Outcome.Ok), Count(Outcome.NotModified), Count(Outcome.NotFound), Count(Outcome.Error), Count(Outcome.Cancelled),
            downloads.Sum(download => download.Bytes), downloads.Sum(download => download.Attempts),
            peakInFlight, originPeakInFlight is 0 ? null : originPeakInFlight, threads.Count, cpu.TotalSeconds,
            IdealSchedule.LowerBound([.. downloads.Select(download => download.DelaySeconds)], limit), interrupted);
    }

    double Now() => Stopwatch.GetElapsedTime(begunAt).TotalSeconds;
}
