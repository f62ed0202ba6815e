namespace FlagCloud.Silo.Questions.Asked;

sealed class ClientPerRequest() : Question(
    7, "client-per-request", "What does a new client per request cost?",
    explanation: "A client keeps its connections open, so that the next request need not wait for a new one. A new client for each request opens a connection for each, sets "
        + "everything up again, and leaves a closed connection behind that the system remembers for a while. Between two ends of the same machine a connection costs little; "
        + "over a real network each costs a round trip more, and another one or two with encryption.",
    expectation: "Even within one machine, a flag's headers take at least 1.1 times as long with a client of its own.",
    maxRounds: 20)
{
    const string Shared = "shared client", Own = "new client per request";
    static readonly ComparisonSettings Settings = new() { Strategies = ["sequential"], Countries = AllFlags, Limit = 100, Concurrency = 1, Profile = "local" };

    public override IReadOnlyList<Trial> Trials => [new(Shared, Settings), new(Own, Settings with { ConnectionReuse = false })];

    public override Finding Judge(Evidence evidence) => new(
        [
            Claim.AtLeast("time to the headers, new client / shared", evidence.Ratio(Own, Shared, run => run.Phases!.Waiting), "x", 1.1),
            new("mean time to the headers, shared client", evidence.Of(Shared, run => run.Phases!.Waiting * 1000), "ms"),
            new("mean time to the headers, new client per request", evidence.Of(Own, run => run.Phases!.Waiting * 1000), "ms"),
            new("duration of the whole run, new client / shared", evidence.Ratio(Own, Shared, run => run.ElapsedSeconds), "x"),
            new("CPU seconds, new client / shared", evidence.Ratio(Own, Shared, run => run.ProcessCpuSeconds), "x"),
        ],
        "A new client per request makes each request slower before the first byte: share one.");
}
