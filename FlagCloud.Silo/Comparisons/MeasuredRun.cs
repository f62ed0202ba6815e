using Orleans.Runtime.Messaging;

namespace FlagCloud.Silo.Comparisons;

/// <summary>One run that is to be done.</summary>
/// <param name="Number">Which run of the comparison this is, from 1.</param>
/// <param name="Round">0 is the warm-up.</param>
sealed record PlannedRun(int Number, Trial Trial, int Round)
{
    public bool Warmup => Round is 0;

    /// <summary>All that may be run. Rounds interleave the trials, so that a drift of the machine hits all of them alike.</summary>
    // Each round begins with another trial (S T A, then T A S …), so that none always goes first.
    public static IEnumerable<PlannedRun> All(IReadOnlyList<Trial> trials, int rounds, bool warmup) =>
        (from round in Enumerable.Range(warmup ? 0 : 1, rounds + (warmup ? 1 : 0))
         from place in Enumerable.Range(0, trials.Count)
         select (Trial: trials[(place + Math.Max(0, round - 1)) % trials.Count], Round: round)).Select((run, index) => new PlannedRun(index + 1, run.Trial, run.Round));
}

/// <summary>What is known of a run that was interrupted.</summary>
/// <param name="Recorded">Downloads that had ended and were written down; they are not done again.</param>
/// <param name="Repeated">Countries whose flag had been stored, but nobody had written down how that ended; they are done again.</param>
sealed record Resumption(IReadOnlyList<Download> Recorded, IReadOnlySet<string> Repeated);

/// <summary>One strategy over all countries: the measured region, and the one function that every strategy calls.</summary>
/// <param name="measureUse">Whether to measure what the run uses; without, the run costs what it costs by itself.</param>
/// <param name="backgroundCpu">CPU seconds that the silo takes each second while nothing is downloaded.</param>
sealed class MeasuredRun(
    PlannedRun plan, IStrategy strategy, DownloadOrder order, IGrainFactory grains, Instruments instruments, Resumption? resumption, bool measureUse, double backgroundCpu,
    CancellationToken cancellationToken)
{
    // Downloads can be done twice without harm, so a call that was lost with its silo is made again until another silo answers.
    static readonly ResiliencePipeline LostCalls = Retries.While(
        (e, _) => e is SiloUnavailableException or OrleansMessageRejectionException or ConnectionFailedException or TimeoutException, TimeSpan.FromSeconds(1), most: 30);

    readonly IReadOnlyList<string> countries = plan.Trial.Settings.Countries;
    readonly IReadOnlyList<string> missing = [.. plan.Trial.Settings.Countries.Except(resumption?.Recorded.Select(download => download.Country) ?? [])];
    readonly Dictionary<string, int> submitIndex = plan.Trial.Settings.Countries.Index().ToDictionary(pair => pair.Item, pair => pair.Index);
    readonly List<Download> downloads = [.. resumption?.Recorded ?? []];
    readonly SortedSet<int> running = [];
    readonly Lock gate = new();
    readonly Stopwatch clock = new();
    UseMeter? use;
    ActivityContext trace;
    int peakInFlight, originPeakInFlight, taken = resumption?.Recorded.Count ?? 0;
    bool interrupted = resumption is not null;

    public Run? Result { get; private set; } // Null until the run has ended.

    string Strategy => plan.Trial.Strategy;
    string? Trial => plan.Trial.Name == Strategy ? null : plan.Trial.Name; // A strategy needs no second name where it is a trial by itself.

    /// <summary>The downloads that have ended since this was last asked, in the order of their ends. Those of before an interruption were written down then.</summary>
    public IReadOnlyList<Download> TakeEnded()
    {
        lock (gate)
        {
            var ended = downloads[taken..];
            taken = downloads.Count;
            return ended;
        }
    }

    /// <param name="seen">Downloads that whoever asks has been told of.</param>
    public ComparisonProgress Progress(int seen, int runCount)
    {
        lock (gate)
            return new()
            {
                Strategy = Strategy, Trial = Trial, Round = plan.Round, Warmup = plan.Warmup, RunNumber = plan.Number, RunCount = runCount, ElapsedSeconds = Now(),
                Requested = countries.Count, Finished = downloads.Count, InFlight = running.Count, Pending = countries.Count - downloads.Count - running.Count,
                Downloads = [.. downloads.Skip(seen)],
                Running = [.. running.Select(index => countries[index])],
            };
    }

    /// <param name="comparison">The comparison's own trace, which each run's is linked to.</param>
    public async Task<Run> Execute(ActivityContext comparison)
    {
        Activity.Current = null; // A trace of its own.
        using var meter = use = measureUse ? new UseMeter(instruments) : null;
        using var span = instruments.Spans.StartActivity(
            $"{TelemetryNames.RunSpan} {plan.Trial.Name}", ActivityKind.Internal, default(ActivityContext), links: comparison == default ? null : [new(comparison)]);
        trace = span?.Context ?? default;
        var cpu = CpuReading.Now();
        span?.SetStartTime(DateTime.UtcNow); // The span and the record have clocks of their own, which one check holds against each other: both start and stop here.
        clock.Start();
        await strategy.Run(missing, plan.Trial.Settings.Concurrency, DownloadOne);
        clock.Stop();
        span?.SetEndTime(DateTime.UtcNow);
        var used = cpu.Since();
        var resources = meter is null ? null : await meter.Stop(downloads.Sum(download => download.LockWaitSeconds));
        Result = Report(used, resources);
        Tag(span, Result);
        instruments.RunEnded(Result);
        return Result;
    }

    // The call up to its first wait is the caller's own code; a thread of the strategy's own then waits for the rest.
    Task DownloadOne(string country)
    {
        using var caller = use?.Callers.Enter();
        UseMeter.Asks();
        var download = Download(country);
        use?.Waits(download);
        return download;
    }

    async Task Download(string country)
    {
        using var span = instruments.Spans.StartActivity($"{TelemetryNames.DownloadSpan} {country}", ActivityKind.Internal, trace);
        var index = submitIndex[country];
        var started = Begin(index);
        Download reported;
        var calls = 0;
        try
        {
            reported = await LostCalls.ExecuteAsync(
                async token =>
                {
                    interrupted |= calls++ > 0;
                    return await grains.GetGrain<IFlagGrain>(country).Download(order, token);
                },
                cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            reported = new() { Country = country, Outcome = Outcome.Cancelled };
        }
        catch (Exception e)
        {
            reported = new() { Country = country, Outcome = Outcome.Error, Reason = $"the flag's grain did not answer: {e.Message.Clean()}" };
        }
        using var caller = use?.Callers.Enter();
        Tag(span, End(index, started, reported, repeats: Math.Max(0, calls - 1) + (resumption?.Repeated.Contains(country) is true ? 1 : 0)));
    }

    double Begin(int index)
    {
        instruments.Started(Strategy);
        lock (gate)
        {
            running.Add(index);
            peakInFlight = Math.Max(peakInFlight, running.Count);
            return Now();
        }
    }

    /// <param name="reported">With times since the grain was called.</param>
    Download End(int index, double started, Download reported, int repeats)
    {
        Download download;
        lock (gate)
        {
            running.Remove(index);
            originPeakInFlight = Math.Max(originPeakInFlight, reported.OriginInFlight ?? 0);
            download = reported with
            {
                Strategy = Strategy, Trial = Trial, Round = plan.Round, SubmitIndex = index, CompletionIndex = downloads.Count, Repeats = repeats,
                StartedSeconds = started,
                HeadersSeconds = started + reported.HeadersSeconds,
                BodySeconds = started + reported.BodySeconds,
                WorkedSeconds = started + reported.WorkedSeconds,
                StoredSeconds = started + reported.StoredSeconds,
                EndedSeconds = Now(),
            };
            downloads.Add(download);
        }
        instruments.Ended(download);
        return download;
    }

    Run Report(CpuReading used, ResourceUse? resources)
    {
        int Count(Outcome outcome) => downloads.Count(download => download.Outcome == outcome);
        return new()
        {
            Strategy = Strategy, Trial = Trial, Round = plan.Round, Warmup = plan.Warmup, ElapsedSeconds = Now(), Interrupted = interrupted, Requested = countries.Count,
            Ok = Count(Outcome.Ok), NotModified = Count(Outcome.NotModified), NotFound = Count(Outcome.NotFound), Errors = Count(Outcome.Error),
            Cancelled = Count(Outcome.Cancelled),
            Bytes = downloads.Sum(download => download.Bytes),
            Attempts = downloads.Sum(download => download.Attempts),
            PeakInFlight = peakInFlight,
            OriginPeakInFlight = originPeakInFlight is 0 ? null : originPeakInFlight,
            ProcessCpuSeconds = used.TotalSeconds, CompilationSeconds = used.CompilationSeconds, BackgroundCpuSeconds = backgroundCpu * Now(),
            IdealSeconds = RunFigures.Ideal([.. downloads.Select(download => download.DelaySeconds)], strategy.OneAtATime ? 1 : plan.Trial.Settings.Concurrency),
            ThreadsUsed = use?.Callers.Threads ?? 0,
            Use = resources,
            Order = RunFigures.Order(downloads),
            Phases = RunFigures.Phases(downloads),
            TraceId = trace == default ? null : trace.TraceId.ToHexString(),
        };
    }

    void Tag(Activity? span, Run run) => span?
        .SetTag(TelemetryNames.Comparison, order.ComparisonId).SetTag(TelemetryNames.Strategy, run.Strategy).SetTag(TelemetryNames.Trial, run.Name)
        .SetTag(TelemetryNames.Round, run.Round).SetTag(TelemetryNames.Warmup, run.Warmup).SetTag(TelemetryNames.Concurrency, plan.Trial.Settings.Concurrency)
        .SetTag(TelemetryNames.Profile, order.Profile).SetTag(TelemetryNames.Requested, run.Requested).SetTag(TelemetryNames.Ok, run.Ok)
        .SetTag(TelemetryNames.NotModified, run.NotModified).SetTag(TelemetryNames.NotFound, run.NotFound).SetTag(TelemetryNames.Errors, run.Errors)
        .SetTag(TelemetryNames.Cancelled, run.Cancelled);

    static void Tag(Activity? span, Download download)
    {
        if (span is null) return;
        span.SetTag(TelemetryNames.Country, download.Country).SetTag(TelemetryNames.Strategy, download.Strategy)
            .SetTag(TelemetryNames.Outcome, Instruments.NameOf(download.Outcome)).SetTag(TelemetryNames.Attempt, download.Attempts)
            .SetTag(TelemetryNames.Bytes, download.Bytes).SetTag(TelemetryNames.Silo, download.Silo)
            .SetTag(TelemetryNames.SubmitIndex, download.SubmitIndex).SetTag(TelemetryNames.CompletionIndex, download.CompletionIndex)
            .SetTag(TelemetryNames.State, download.State.ToString()).SetTag(TelemetryNames.LockWait, download.LockWaitSeconds).SetTag(TelemetryNames.WorkedOn, download.WorkedOn);
        if (download.Outcome is Outcome.Error) span.SetStatus(ActivityStatusCode.Error, download.Reason);
    }

    double Now() => clock.Elapsed.TotalSeconds;
}
