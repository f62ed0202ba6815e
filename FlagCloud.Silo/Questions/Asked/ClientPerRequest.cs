namespace FlagCloud.Silo.Questions.Asked;

sealed class ClientPerRequest() : Question(
    number: 7,
    id: "client-per-request",
    title: "What does a new client per request cost?",
    explanation:
        "A client keeps its connections open, so that the next request need not wait for a new one. A new client for each request opens a connection for each, sets everything up "
        + "again, and leaves a closed connection behind that the system remembers for a while. Between two ends of the same machine a connection costs little; over "
        + "a real network each costs a round trip more, and another one or two with encryption.",
    expectation: "Even within one machine, a flag's headers take at least 1.1 times as long with a client of its own.",
    maxRounds: 20)
{
    const string Shared = "shared client", Own = "new client per request";

    public override IReadOnlyList<Trial> Trials => [Of(Shared, true), Of(Own, false)];

    public override Finding Judge(Evidence evidence) => new(
        [Claim.AtLeast("time to the headers, new client / shared", evidence.Ratio(Own, Shared, run => run.Phases!.Waiting), "x", 1.1)],
        "A new client per request makes each request slower before the first byte: share one.",
        [
            evidence.Of(Shared, run => run.Phases!.Waiting * 1000).Figure("mean time to the headers, shared client", "ms"),
            evidence.Of(Own, run => run.Phases!.Waiting * 1000).Figure("mean time to the headers, new client per request", "ms"),
            evidence.Ratio(Own, Shared, run => run.ElapsedSeconds).Figure("duration of the whole run, new client / shared", "x"),
            evidence.Ratio(Own, Shared, run => run.ProcessCpuSeconds).Figure("CPU seconds, new client / shared", "x"),
        ]);

    static Trial Of(string name, bool reuse) => new(name, new()
    {
        Strategies = ["sequential"], Countries = CountrySelection.Named(CountrySelection.All)!, Limit = 100, Concurrency = 1, Profile = "local", ConnectionReuse = reuse,
    });
}
