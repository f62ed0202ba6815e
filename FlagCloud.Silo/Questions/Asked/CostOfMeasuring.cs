using FlagCloud.Contracts;

namespace FlagCloud.Silo.Questions.Asked;

sealed class CostOfMeasuring : Question
{
    const string Measured = "measured", Bare = "not measured";

    public override int Number => 9;

    public override string Id => "cost-of-measuring";

    public override string Title => "What does the measuring itself cost?";

    public override string Explanation =>
        "Counting threads, timing what blocks and beating hearts takes CPU time, too. Where the flag server does not delay anything, all that a run takes is its own cost, so that this "
        + "is where it would show most. The same downloads are made with and without the measuring of what a run uses; the time stamps of each download are taken in both.";

    public override string Expectation => "Measuring takes at most 10 % more CPU time.";

    public override IReadOnlyList<Trial> Trials => [Of(Measured, true), Of(Bare, false)];

    public override double Width => 0.05;

    public override int MaxRounds => 25;

    public override Finding Judge(Evidence evidence) => new(
        [Claim.AtMost("CPU seconds, measured / not measured", evidence.Ratio(Measured, Bare, run => run.CpuSeconds), "x", 1.1)],
        "Measuring costs next to nothing, even where nothing else is waited for.",
        [
            evidence.Ratio(Measured, Bare, run => run.ElapsedSeconds).Figure("duration, measured / not measured", "x"),
            evidence.Of(Bare, run => run.CpuSeconds).Figure("CPU seconds, not measured", "s"),
        ]);

    static Trial Of(string name, bool measure) => new(
        name, new() { Strategies = ["async"], Countries = CountrySelection.Named("all"), Concurrency = 20, Profile = "local" }, MeasureUse: measure);
}
