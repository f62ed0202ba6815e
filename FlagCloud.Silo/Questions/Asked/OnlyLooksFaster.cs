namespace FlagCloud.Silo.Questions.Asked;

sealed class OnlyLooksFaster() : Question(
    number: 5,
    id: "only-looks-faster",
    title: "Why does more concurrency sometimes only look faster?",
    explanation:
        "A download that fails is over sooner than one that succeeds. With a flag server that takes 0.5 to 5 s and a client that gives up after 3.1 s, two of five downloads "
        + "fail, and the run is over after 3.1 s. A server that turns most requests away at once makes it look faster still. Duration alone takes that "
        + "for speed; goodput, the flags stored per second, with the success rate beside it, does not.",
    expectation:
        "The impatient client is at least 1.2 times faster by the clock and stores at most 85 % of the flags; the greedy one is faster than the polite one and stores at most 90 %.",
    // The greedy client is done in a blink, so that its ratio is rough; what it has to clear is far away.
    width: 1)
{
    const string Patient = "patient", Hasty = "3.1 s timeout", Polite = "throttling origin, 5 at once", Greedy = "throttling origin, 60 at once";

    // The ancestor's client gives up after 3.1 s, and never asks twice.
    const double Timeout = 3.1;

    public override IReadOnlyList<Trial> Trials =>
    [
        Delayed(Patient, null),
        Delayed(Hasty, Timeout),
        Throttled(Polite, 5),
        Throttled(Greedy, 60),
    ];

    public override Finding Judge(Evidence evidence) => new(
        [
            Claim.AtLeast("how much faster the impatient client looks", evidence.Speedup(Hasty, Patient), "x", 1.2),
            Claim.AtMost("flags that it stores, of those that the patient one does", evidence.Ratio(Hasty, Patient, run => run.Ok), "", 0.85),
            Claim.AtLeast("how much faster the greedy client looks", evidence.Speedup(Greedy, Polite), "x", 1.2),
            Claim.AtMost("flags that it stores, of those that the polite one does", evidence.Ratio(Greedy, Polite, run => run.Ok), "", 0.9),
        ],
        "What looks faster by the clock stored fewer flags: the time was saved by failing. Goodput and success rate show it.",
        [
            .. new[] { Patient, Hasty, Polite, Greedy }.SelectMany(trial => new[]
            {
                evidence.Of(trial, run => run.ElapsedSeconds).Figure($"duration, {trial}", "s"),
                evidence.Of(trial, RunFigures.SuccessRate).Figure($"share stored, {trial}", ""),
                evidence.Of(trial, RunFigures.Goodput).Figure($"flags a second, {trial}", "flags/s"),
            }),
        ]);

    // 80 at once, so that the share that fails is much the same in every round.
    static Trial Delayed(string name, double? timeout) => new(name, new()
    {
        Strategies = ["async"], Countries = CountrySelection.Named(CountrySelection.All)!, Limit = 80, Concurrency = 80, Profile = "delay", Retries = 0, AttemptTimeoutSeconds = timeout,
    });

    static Trial Throttled(string name, int limit) => new(name, new()
    {
        Strategies = ["async"], Countries = CountrySelection.Named(CountrySelection.All)!, Limit = 60, Concurrency = limit, Profile = "throttle", Retries = 0,
    });
}
