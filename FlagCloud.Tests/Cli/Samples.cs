using FlagCloud.Contracts;

namespace FlagCloud.Tests.Cli;

/// <summary>Hand-written records.</summary>
static class Samples
{
    public const string Id = "20260102-030405-000-c0fe";

    public const string Csv = "country,strategy\r\nbr,async\r\n";

    public static Run WarmUp { get; } = Run("sequential", 0, 7.5) with { Warmup = true };

    public static Run Sequential { get; } = Run("sequential", 1, 7.18) with { Ok = 19, NotModified = 1 };

    public static Run Async { get; } = Run("async", 1, 1.35) with { PeakInFlight = 20, OriginPeakInFlight = 18 };

    public static Comparison Completed { get; } = new()
    {
        Id = Id,
        Status = ComparisonStatus.Completed,
        CreatedAt = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
        StartedAt = new(2026, 1, 2, 3, 4, 6, TimeSpan.Zero),
        EndedAt = new(2026, 1, 2, 3, 4, 22, TimeSpan.Zero),
        Settings = new() { Strategies = ["sequential", "async"], Rounds = 1 },
        Environment = new()
        {
            Machine = "atelier", OperatingSystem = "Debian 12", Cores = 2, Runtime = ".NET 10.0.1", GcMode = "server, concurrent", BuildConfiguration = "Release",
            Origin = "http://origin.test", Storage = "http://storage.test", Silos = ["silo"],
        },
        Runs = [WarmUp, Sequential, Async],
        Summary =
        [
            new()
            {
                Strategy = "async", Rounds = 6, MedianSeconds = 1.35, CiLowSeconds = 1.31, CiHighSeconds = 1.41, Speedup = 5.32, SpeedupCiLow = 5.1, SpeedupCiHigh = 5.43,
                GoodputPerSecond = 14.81, SuccessRate = 1, Efficiency = 0.89, PeakInFlight = 20, OriginPeakInFlight = 18, BlockedThreads = 0, CpuSeconds = 0.125,
            },
            new()
            {
                Strategy = "sequential", Rounds = 6, MedianSeconds = 7.18, CiLowSeconds = 7.1, CiHighSeconds = 7.25, Speedup = 1, SpeedupCiLow = 1, SpeedupCiHigh = 1,
                GoodputPerSecond = 2.79, SuccessRate = 1, Efficiency = 0.99, PeakInFlight = 1, OriginPeakInFlight = 1, BlockedThreads = 1, CpuSeconds = 0.25,
            },
        ],
        Conclusions = ["async beats sequential – by 5.32×."],
    };

    public static Comparison Running { get; } = Completed with { Status = ComparisonStatus.Running, EndedAt = null, Runs = [], Summary = [], Conclusions = [] };

    public static Comparison Queued { get; } = Running with { Status = ComparisonStatus.Queued, StartedAt = null };

    public static Comparison Cancelled { get; } = Completed with
    {
        Status = ComparisonStatus.Cancelled,
        Runs = [Sequential with { Ok = 7, NotModified = 0, Cancelled = 13 }],
        Summary = [],
        Conclusions = [],
    };

    public static Comparison WithErrors { get; } = Completed with { Runs = [WarmUp, Sequential, Async with { Ok = 17, NotFound = 1, Errors = 2 }] };

    public static Download Brazil { get; } = new()
    {
        Country = "br", Strategy = "async", Round = 1, Outcome = Outcome.Ok, Attempts = 1, Bytes = 1234, StartedSeconds = 0.5, HeadersSeconds = 0.7, BodySeconds = 0.75, StoredSeconds = 0.81, EndedSeconds = 0.81,
    };

    public static IReadOnlyList<Download> Downloads { get; } = [Brazil, Failed("cn"), Failed("in")];

    public static IReadOnlyList<QuestionInfo> Questions { get; } =
    [
        new(1, "first", "Is it?", "Some say so.", "It is.", ["a", "b"], null),
        new(2, "second", "Or is it not?", "Others do not.", "It is not.", ["a"], "20251224-000000-000-0000"),
    ];

    public static Download Failed(string country) =>
        Brazil with { Country = country, Outcome = Outcome.Error, Reason = "418 I'm a teapot", Attempts = 3, StoredSeconds = null, EndedSeconds = 0.75 };

    /// <summary>Of one strategy, with an elapsed time a round.</summary>
    public static Comparison Measured(string id, string strategy, params double[] seconds) => Completed with
    {
        Id = id,
        Settings = Completed.Settings with { Strategies = [strategy], Rounds = seconds.Length },
        Runs = [.. seconds.Select((each, at) => Run(strategy, at + 1, each))],
        Summary =
        [
            new()
            {
                Strategy = strategy, Rounds = seconds.Length, MedianSeconds = MedianInterval.Median(seconds), CiLowSeconds = MedianInterval.Of(seconds)?.Low, CiHighSeconds = MedianInterval.Of(seconds)?.High,
                GoodputPerSecond = 20 * seconds.Length / seconds.Sum(), SuccessRate = 1, Efficiency = 0.9,
            },
        ],
    };

    public static Comparison Asked(string question) => Running with
    {
        Question = question,
        Trials = [new("one thread", new() { Strategies = ["async"] }), new("many threads", new() { Strategies = ["threaded"] })],
    };

    public static Comparison Answered(string question) => Asked(question) with
    {
        Status = ComparisonStatus.Completed,
        EndedAt = Completed.EndedAt,
        Precision = new(0.1, 0.04, 7, 10, true),
        Verdict = new(VerdictKind.Holds, "It is so.", [new("speed-up", 5.1, "x", 4.9, 5.3, "at least 3 x"), new("threads", 2, "", null, null, null)]),
    };

    public static ComparisonProgress Progress(params Download[] downloads) => new()
    {
        Strategy = "async", Round = 1, Warmup = false, RunNumber = 3, RunCount = 3, Requested = 20, Finished = downloads.Length, InFlight = 20 - downloads.Length, Pending = 0,
        ElapsedSeconds = 0.8, Downloads = downloads, Running = [],
    };

    static Run Run(string strategy, int round, double seconds) => new()
    {
        Strategy = strategy, Round = round, Warmup = false, ElapsedSeconds = seconds, Requested = 20, Ok = 20, Bytes = 24_000, Attempts = 20,
    };
}
