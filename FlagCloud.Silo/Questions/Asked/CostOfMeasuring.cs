namespace FlagCloud.Silo.Questions.Asked;

sealed class CostOfMeasuring() : Question(
    9, "cost-of-measuring", "What does the measuring itself cost?",
    explanation: "Counting threads, timing what blocks and beating hearts takes CPU time, too. Where the flag server does not delay anything, all that a run takes is its own "
        + "cost, so that this is where it would show most. The same downloads are made with and without the measuring of what a run uses; the time stamps of each download are "
        + "taken in both.",
    expectation: "Measuring takes at most 25 % more CPU time, where a flag takes next to none.",
    width: 0.05, maxRounds: 40)
{
    const string Measured = "measured", Bare = "not measured";

    public override IReadOnlyList<Trial> Trials =>
        [.. new[] { Measured, Bare }.Select(name => new Trial(name, new() { Strategies = ["async"], Countries = AllFlags, Profile = "local" }))];

    public override bool Measures(string trial) => trial is Measured;

    public override Finding Judge(Evidence evidence) => new(
        [
            Claim.AtMost("CPU seconds, measured / not measured", evidence.Ratio(Measured, Bare, run => run.ProcessCpuSeconds), "x", 1.25),
            new("duration, measured / not measured", evidence.Ratio(Measured, Bare, run => run.ElapsedSeconds), "x"),
            new("CPU time a flag, not measured", evidence.Of(Bare, run => run.ProcessCpuSeconds / run.Requested * 1000), "ms"),
            new(
                "CPU time a flag that measuring adds",
                evidence.Each(round => (round[Measured].ProcessCpuSeconds - round[Bare].ProcessCpuSeconds) / round[Bare].Requested * 1000), "ms"),
        ],
        "Measuring costs little, even where nothing is waited for; beside any real delay its share vanishes.");
}
