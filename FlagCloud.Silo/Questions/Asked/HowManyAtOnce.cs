using System.Globalization;
using FlagCloud.Contracts;

namespace FlagCloud.Silo.Questions.Asked;

sealed class HowManyAtOnce : Question
{
    const int Modest = 100, Highest = 400;

    const string Polite = "throttling origin, 5 at once", Greedy = "throttling origin, 60 at once";

    // More flags where more are in flight, so that each limit is kept busy for about 1.5 s: the rate counts, not the time.
    static readonly (int Limit, int Flags)[] Sweep = [(1, 4), (2, 8), (5, 20), (10, 40), (20, 80), (50, 200), (Modest, 271), (200, 271), (Highest, 271)];

    public override int Number => 4;

    public override string Id => "how-many-at-once";

    public override string Title => "How many at once?";

    public override string Explanation =>
        "While downloads only wait, twice as many at once store twice as many flags a second. That ends where something else fills up: the flag server, which may "
        + "turn requests away; storage, which takes one upload after the other; the cores; or the work itself, when the slowest single download is what remains. "
        + "The limit at which the rate comes near its best is the knee. Beyond it more downloads at once only wait for each other, or fail.";

    public override string Expectation =>
        "From 1 to 10 at once the rate grows at least fivefold; from 100 to 400 it grows less than threefold. Where the server allows 8 at once, asking for 60 loses flags that 5 at once does not.";

    public override IReadOnlyList<Trial> Trials =>
    [
        .. Sweep.Select(step => new Trial(Name(step.Limit), new()
        {
            Strategies = ["async"], Countries = CountrySelection.Named("all"), Limit = step.Flags, Concurrency = step.Limit, Profile = "web",
        })),
        Throttled(Polite, 5), Throttled(Greedy, 60),
    ];

    public override double Width => 0.25;

    public override int MaxRounds => 8;

    public override Finding Judge(Evidence evidence) => new(
        [
            Claim.AtLeast("flags a second, 10 at once / 1 at once", evidence.Ratio(Name(10), Name(1), RunFigures.Goodput), "x", 5),
            Claim.AtMost($"flags a second, {Highest} at once / {Modest} at once", evidence.Ratio(Name(Highest), Name(Modest), RunFigures.Goodput), "x", 3),
            Claim.AtLeast("share stored, throttling origin, 5 at once", evidence.Of(Polite, RunFigures.SuccessRate), "", 1),
            Claim.AtMost("share stored, throttling origin, 60 at once", evidence.Of(Greedy, RunFigures.SuccessRate), "", 0.9),
        ],
        Knee(evidence),
        [
            .. Sweep.Select(step => evidence.Of(Name(step.Limit), RunFigures.Goodput).Figure($"flags a second, {Name(step.Limit)}", "flags/s")),
            .. Sweep.Select(step => evidence.Of(Name(step.Limit), RunFigures.SuccessRate).Figure($"share stored, {Name(step.Limit)}", "")),
            evidence.Of(Polite, RunFigures.Goodput).Figure($"flags a second, {Polite}", "flags/s"),
            evidence.Of(Greedy, RunFigures.Goodput).Figure($"flags a second, {Greedy}", "flags/s"),
            evidence.Of(Name(Highest), RunFigures.Parallelism).Figure($"CPU seconds / elapsed seconds of the silo, {Name(Highest)}", ""),
            evidence.Of(Name(1), run => run.Phases?.Storing ?? 0).Figure($"mean upload, {Name(1)}", "s"),
            evidence.Of(Name(Highest), run => run.Phases?.Storing ?? 0).Figure($"mean upload, {Name(Highest)}", "s"),
        ]);

    /// <summary>The lowest limit that reaches nine tenths of the best rate, and what the highest one is held up by.</summary>
    static string Knee(Evidence evidence)
    {
        var rates = Sweep.Select(step => (step.Limit, Rate: evidence.Of(Name(step.Limit), RunFigures.Goodput).Median)).ToArray();
        var knee = rates.First(step => step.Rate >= 0.9 * rates.Max(other => other.Rate));
        double Of(Func<Run, double> figure) => evidence.Of(Name(Highest), figure).Median;
        var storing = Of(run => run.Phases?.Storing ?? 0);
        var ideal = Of(run => run.IdealSeconds / run.ElapsedSeconds);
        var why = ideal > 0.8 ? "by the slowest single download of the flag server"
            : storing > Of(run => run.Phases?.Waiting ?? 0) / 2 ? "by storage and the cores that it shares with the silo: an upload there takes several times as long as at the start"
            : "by the cores: downloads start and end slower than the flag server answers";
        return string.Create(CultureInfo.InvariantCulture,
            $"The knee is at {knee.Limit} at once with {knee.Rate:0} flags a second; with {Highest} at once the run is held up {why}. A server that turns requests away makes a high limit look fast and lose flags.");
    }

    static string Name(int limit) => $"{limit} at once";

    static Trial Throttled(string name, int limit) => new(name, new()
    {
        Strategies = ["async"], Countries = CountrySelection.Named("all"), Limit = 60, Concurrency = limit, Profile = "throttle", Retries = 0,
    });
}
