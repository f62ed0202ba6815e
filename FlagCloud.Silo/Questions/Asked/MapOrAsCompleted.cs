namespace FlagCloud.Silo.Questions.Asked;

sealed class MapOrAsCompleted() : Question(
    8, "map-or-as-completed", "Map or as-completed? What does a slow head of the line do?",
    explanation: "All downloads are under way at once; the question is in which order their results are handed on. A map hands them on in the order of submission, so that a "
        + "slow first one holds back all that are done already. As-completed hands on whatever is there. The work and its end are the same; the time to the first result is not. "
        + "In each round here, the first flag of the list takes 2 s and most others 10 to 50 ms.",
    expectation: "The first result is there at least five times sooner as completed than in order; the last one is not sooner at all.",
    width: 1, maxRounds: SlowHeads.Count - 1)
{
    const string FanOut = "fan-out with a slow head";

    /// <summary>Seeds under which the first of the default countries is one of the slow ones (2 s instead of 10 to 50 ms).</summary>
    public static IReadOnlyList<int> SlowHeads { get; } = [5, 14, 28, 32, 36, 49, 75, 77, 91, 147, 167];

    public override IReadOnlyList<Trial> Trials => [new(FanOut, new() { Strategies = ["async"], Concurrency = 20, Profile = "stragglers" })];

    public override int Seed(int round) => SlowHeads[round];

    public override Finding Judge(Evidence evidence) => new(
        [
            Claim.AtLeast("time to the first result, in order / as completed", evidence.Of(FanOut, run => run.Order!.FirstInOrderSeconds / run.Order.FirstSeconds), "x", 5),
            new("time to the last result / the whole run", evidence.Of(FanOut, run => run.Order!.LastSeconds / run.ElapsedSeconds), "x", 0.9, 1),
            new("first result, as completed", evidence.Of(FanOut, run => run.Order!.FirstSeconds), "s"),
            new("first result, in order", evidence.Of(FanOut, run => run.Order!.FirstInOrderSeconds), "s"),
            new("half of the results, as completed", evidence.Of(FanOut, run => run.Order!.MiddleSeconds), "s"),
            new("half of the results, in order", evidence.Of(FanOut, run => run.Order!.MiddleInOrderSeconds), "s"),
            new("last result", evidence.Of(FanOut, run => run.Order!.LastSeconds), "s"),
            new("rank correlation of completion with submission", evidence.Of(FanOut, run => run.Order!.RankCorrelation ?? 0), ""),
        ],
        "As completed, the first results are there while the slow one is still under way; a map keeps them all until it has come. The end is the same for both.");
}
