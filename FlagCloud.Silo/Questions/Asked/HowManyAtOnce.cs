using static System.FormattableString;

namespace FlagCloud.Silo.Questions.Asked;

sealed class HowManyAtOnce() : Question(
    4, "how-many-at-once", "How many at once?",
    explanation: "While downloads only wait, twice as many at once store twice as many flags a second. That ends where something else fills up: the flag server, which may turn "
        + "requests away; storage, which takes one upload after the other; the cores; or the work itself, when the slowest single download is what remains. The lowest limit "
        + "that reaches nine tenths of the best rate is the knee. Beyond it more downloads at once only wait for each other, or fail. So three servers are asked: one that "
        + "answers slowly (0.2 to 0.5 s), one that answers at once, and one that turns away whatever comes beyond eight.",
    expectation: "From 1 to 10 at once the rate of the slow server grows at least fivefold. That of the prompt one grows less than twofold from 10 to 100: something else is "
        + "full. Where the server allows 8 at once, asking for 60 loses flags that 5 at once does not.",
    width: 0.25, maxRounds: 8)
{
    const string Slow = "slow server", Prompt = "prompt server", Limited = "server that allows 8";

    // Of the slow server more flags where more are in flight, so that each limit is kept busy for about 1.5 s: the rate counts, not the time.
    static readonly (int Limit, int Flags)[] SlowSweep = [(1, 4), (2, 8), (5, 20), (10, 40), (20, 80), (50, 200), (100, 271), (200, 271), (400, 271)];

    static readonly int[] PromptSweep = [1, 2, 5, 10, 20, 50, 100], LimitedSweep = [5, 60];

    public override IReadOnlyList<Trial> Trials =>
    [
        .. SlowSweep.Select(step => Of(Slow, step.Limit, "web", step.Flags)),
        .. PromptSweep.Select(limit => Of(Prompt, limit, "local", 271)),
        .. LimitedSweep.Select(limit => Of(Limited, limit, "throttle", 60)),
    ];

    public override Finding Judge(Evidence evidence) => new(
        [
            Claim.AtLeast("flags a second of the slow server, 10 at once / 1 at once", evidence.Ratio(Name(Slow, 10), Name(Slow, 1), run => run.Goodput), "x", 5),
            Claim.AtMost("flags a second of the prompt server, 100 at once / 10 at once", evidence.Ratio(Name(Prompt, 100), Name(Prompt, 10), run => run.Goodput), "x", 2),
            Claim.AtLeast($"share stored, {Name(Limited, 5)}", evidence.Of(Name(Limited, 5), run => run.SuccessRate), "", 1),
            Claim.AtMost($"share stored, {Name(Limited, 60)}", evidence.Of(Name(Limited, 60), run => run.SuccessRate), "", 0.9),
            .. Rates(evidence, Slow, SlowSweep.Select(step => step.Limit)), .. Rates(evidence, Prompt, PromptSweep), .. Rates(evidence, Limited, LimitedSweep),
            .. LimitedSweep.Select(limit => new Claim($"duration, {Name(Limited, limit)}", evidence.Of(Name(Limited, limit), run => run.ElapsedSeconds), "s")),
            new($"share stored, {Slow}, least of all limits", evidence.Each(round => SlowSweep.Min(step => round[Name(Slow, step.Limit)].SuccessRate)), ""),
            new($"share stored, {Prompt}, least of all limits", evidence.Each(round => PromptSweep.Min(limit => round[Name(Prompt, limit)].SuccessRate)), ""),
            new($"shortest possible / measured duration, {Name(Slow, 400)}", evidence.Of(Name(Slow, 400), run => run.IdealSeconds / run.ElapsedSeconds), ""),
            .. PromptSweep.Where(limit => limit is 1 or 100).SelectMany(limit => new Claim[]
            {
                new($"mean upload, {Name(Prompt, limit)}", evidence.Of(Name(Prompt, limit), run => run.Phases!.Storing * 1000), "ms"),
                new($"mean wait for the flag, {Name(Prompt, limit)}", evidence.Of(Name(Prompt, limit), run => run.Phases!.Waiting * 1000), "ms"),
                new($"CPU seconds / elapsed seconds of the silo, {Name(Prompt, limit)}", evidence.Parallelism(Name(Prompt, limit)), ""),
            }),
        ],
        Knees(evidence));

    static IEnumerable<Claim> Rates(Evidence evidence, string server, IEnumerable<int> limits) => limits.Select(limit =>
        new Claim($"flags a second, {Name(server, limit)}", evidence.Of(Name(server, limit), run => run.Goodput), "flags/s"));

    /// <summary>Where each server's knee is, and what is full there.</summary>
    static string Knees(Evidence evidence)
    {
        var (slow, slowRate) = Knee(evidence, Slow, SlowSweep.Select(step => step.Limit));
        var (prompt, promptRate) = Knee(evidence, Prompt, PromptSweep);
        var there = evidence.Of(Name(Slow, 400), run => run.IdealSeconds / run.ElapsedSeconds).Median > 0.8
            ? "all 271 flags are under way and the slowest one is what remains"
            : "the cores begin and end downloads slower than the server answers";
        var beyond = Mean(evidence, run => run.Phases!.Storing) > Mean(evidence, run => run.Phases!.Waiting)
            ? "uploads wait for storage, and for the cores that it shares with the silo"
            : "downloads wait for the cores, which the flag server shares with the silo";
        return Invariant($"The slow server's knee is at {slow} at once with {slowRate:0} flags a second: there {there}. ")
            + Invariant($"The prompt server's is at {prompt} with {promptRate:0}: beyond it {beyond}. ")
            + "The server that allows 8 has it before 60: more at once looks fast and loses flags.";
    }

    static (int Limit, double Rate) Knee(Evidence evidence, string server, IEnumerable<int> limits)
    {
        var rates = limits.Select(limit => (limit, Rate: evidence.Of(Name(server, limit), run => run.Goodput).Median)).ToArray();
        return rates.First(step => step.Rate >= 0.9 * rates.Max(other => other.Rate));
    }

    // What a download spends more time on, with 100 at once than alone.
    static double Mean(Evidence evidence, Func<Run, double> phase) =>
        evidence.Each(round => phase(round[Name(Prompt, 100)]) - phase(round[Name(Prompt, 1)])).Median;

    static string Name(string server, int limit) => $"{server}, {limit} at once";

    static Trial Of(string server, int limit, string profile, int flags) =>
        new(Name(server, limit), new() { Strategies = ["async"], Countries = AllFlags, Limit = flags, Concurrency = limit, Profile = profile, Retries = 0 });
}
