namespace FlagCloud.Silo.Questions.Asked;

sealed class OnlyLooksFaster() : Question(
    5, "only-looks-faster", "Why does more concurrency sometimes only look faster?",
    explanation: "A download that fails is over sooner than one that succeeds. With a flag server that takes 0.5 to 5 s and a client that gives up after 3.1 s, two of five "
        + "downloads fail, and the run is over after 3.1 s. A server that turns most requests away at once makes it look faster still. Duration alone takes that for speed; "
        + "goodput, the flags stored per second, with the success rate beside it, does not.",
    expectation: "The impatient client is at least 1.2 times faster by the clock and stores at most 85 % of the flags; the greedy one is faster than the polite one and stores "
        + "at most 90 %.",
    // The greedy client is done in a blink, so that its ratio is rough; what it has to clear is far away.
    width: 1)
{
    const string Patient = "patient", Hasty = "3.1 s timeout", Polite = "throttling origin, 5 at once", Greedy = "throttling origin, 60 at once";

    // The ancestor's client gives up after 3.1 s, and never asks twice.
    const double Timeout = 3.1;

    // 80 at once, so that the share that fails is much the same in every round.
    static readonly ComparisonSettings Delayed = new() { Strategies = ["async"], Countries = AllFlags, Limit = 80, Concurrency = 80, Profile = "delay", Retries = 0 };
    static readonly ComparisonSettings Throttled = new() { Strategies = ["async"], Countries = AllFlags, Limit = 60, Profile = "throttle", Retries = 0 };

    public override IReadOnlyList<Trial> Trials =>
    [
        new(Patient, Delayed), new(Hasty, Delayed with { AttemptTimeoutSeconds = Timeout }),
        new(Polite, Throttled with { Concurrency = 5 }), new(Greedy, Throttled with { Concurrency = 60 }),
    ];

    public override Finding Judge(Evidence evidence) => new(
        [
            Claim.AtLeast("how much faster the impatient client looks", evidence.Speedup(Hasty, Patient), "x", 1.2),
            Claim.AtMost("flags that it stores, of those that the patient one does", evidence.Ratio(Hasty, Patient, run => run.Ok), "", 0.85),
            Claim.AtLeast("how much faster the greedy client looks", evidence.Speedup(Greedy, Polite), "x", 1.2),
            Claim.AtMost("flags that it stores, of those that the polite one does", evidence.Ratio(Greedy, Polite, run => run.Ok), "", 0.9),
            .. new[] { Patient, Hasty, Polite, Greedy }.SelectMany(trial => new Claim[]
            {
                new($"duration, {trial}", evidence.Of(trial, run => run.ElapsedSeconds), "s"),
                new($"share stored, {trial}", evidence.Of(trial, run => run.SuccessRate), ""),
                new($"flags a second, {trial}", evidence.Of(trial, run => run.Goodput), "flags/s"),
            }),
        ],
        "What looks faster by the clock stored fewer flags: the time was saved by failing. Goodput and success rate show it.");
}
