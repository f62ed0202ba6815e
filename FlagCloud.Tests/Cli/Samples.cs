using FlagCloud.Contracts;

namespace FlagCloud.Tests.Cli;

/// <summary>Hand-written records.</summary>
static class Samples
{
    public const string Csv = "country,strategy\r\nbr,async\r\n";

    public static Run WarmUp { get; } = new("sequential", 0, true, 7.5, 20, 20, 0, 0, 0, 0, 24_000, 20, 1, 1, 1, 0.3, 7.1);

    public static Run Sequential { get; } = new("sequential", 1, false, 7.18, 20, 19, 1, 0, 0, 0, 24_000, 21, 1, 1, 1, 0.25, 7.1);

    public static Run Async { get; } = new("async", 1, false, 1.35, 20, 20, 0, 0, 0, 0, 24_680, 20, 20, 18, 1, 0.125, 1.2);

    public static Comparison Completed { get; } = new(
        "c0ffee",
        ComparisonStatus.Completed,
        null,
        new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
        new(2026, 1, 2, 3, 4, 6, TimeSpan.Zero),
        new(2026, 1, 2, 3, 4, 22, TimeSpan.Zero),
        null,
        new(["sequential", "async"], [.. Enumerable.Range(0, 20).Select(i => $"b{(char)('a' + i)}")], "web", null, 20, 1, true, WorkKind.None, false, 1, FetchMode.Force),
        new("atelier", "Debian 12", 2, ".NET 10.0.1", "server, concurrent", "Release", "http://origin.test", "http://storage.test", ["silo"]),
        [WarmUp, Sequential, Async],
        [
            new("async", 5, 1.35, 1.31, 1.41, 5.32, 5.1, 5.43, 14.81, 1, 0.89),
            new("sequential", 5, 7.18, 7.1, 7.25, 1, 1, 1, 2.79, 1, 0.99),
        ],
        ["async beats sequential – by 5.32×."]);

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

    public static Download Brazil { get; } =
        new("br", "async", 1, Outcome.Ok, null, 1, 1234, "ab", 0, 0, 0, 0.5, 0.7, 0.75, null, 0.81, 0.2, "silo");

    public static Download Failed(string country) =>
        Brazil with { Country = country, Outcome = Outcome.Error, Reason = "418 I'm a teapot", Attempts = 3, StoredSeconds = null };

    public static IReadOnlyList<Download> Downloads { get; } = [Brazil, Failed("cn"), Failed("in")];

    public static IReadOnlyList<QuestionInfo> Questions { get; } =
    [
        new(1, "first", "Is it?", "Some say so.", "It is.", ["a", "b"], null),
        new(2, "second", "Or is it not?", "Others do not.", "It is not.", ["a"], "qold"),
    ];

    public static Answer Asked(string question) => new(
        "q" + question, question, ComparisonStatus.Running, null, Completed.CreatedAt, Completed.StartedAt, null, Completed.Environment, "round 1: a", null, null, []);

    public static Answer Answered(string question) => Asked(question) with
    {
        Status = ComparisonStatus.Completed,
        EndedAt = Completed.StartedAt!.Value.AddSeconds(16),
        Doing = null,
        Precision = new(0.1, 0.04, 7, 10, true),
        Verdict = new(VerdictKind.Holds, "It is so.", [new("speed-up", 5.1, "x", 4.9, 5.3, "at least 3 x"), new("threads", 2, "", null, null, null)]),
    };

    public static ComparisonProgress Progress(params Download[] downloads) =>
        new("async", 1, false, 3, 3, 20, downloads.Length, 20 - downloads.Length, 0.8, downloads);
}
