namespace FlagCloud.Silo.Questions.Asked;

sealed class BlockingATurn() : Question(
    6, "blocking-a-turn", "What does a blocking call inside a grain's turn cost?",
    explanation: "A grain, like an event loop, does one thing at a time. While one of its turns blocks, nothing else of that grain runs: no timer, no other call, no answer to "
        + "'how far are you?'. Here a heartbeat of 50 ms on the grain's own turns shows it: how late its worst beat came, as a share of the whole run. The same blocking call on "
        + "a thread of its own leaves the grain free. (Blocking on a task that needs the same grain to go on would not be slow but final: it waits for itself. The experiment "
        + "blocks on downloads that the thread pool completes.)",
    expectation: "Blocking the turn silences the heartbeat for at least 80 % of the run; awaiting, or blocking another thread, for at most 25 %.")
{
    const string Awaited = "awaited", Blocking = "turn blocked", OwnThread = "blocked on a thread of its own";

    public override IReadOnlyList<Trial> Trials =>
        [.. new[] { Awaited, Blocking, OwnThread }.Select(name => new Trial(name, new() { Strategies = ["sequential"], Limit = 4, Concurrency = 1 }))];

    public override IStrategy? StrategyOf(string trial) => trial switch { Blocking => new BlockedTurn(), OwnThread => new Threaded(), _ => null };

    public override Finding Judge(Evidence evidence) => new(
        [
            Claim.AtMost("heartbeat silent, awaited", Silence(evidence, Awaited), "", 0.25),
            Claim.AtLeast("heartbeat silent, turn blocked", Silence(evidence, Blocking), "", 0.8),
            Claim.AtMost("heartbeat silent, blocked on a thread of its own", Silence(evidence, OwnThread), "", 0.25),
            .. new[] { Awaited, Blocking, OwnThread }.SelectMany(trial => new Claim[]
            {
                new($"worst delay of the grain's heartbeat, {trial}", evidence.Of(trial, run => run.Use!.TurnLagSeconds), "s"),
                new($"worst delay of the thread pool's heartbeat, {trial}", evidence.Of(trial, run => run.Use!.PoolLagSeconds), "s"),
                new($"duration, {trial}", evidence.Of(trial, run => run.ElapsedSeconds), "s"),
            }),
        ],
        "A blocked turn silences its grain for as long as it blocks, with the same downloads in the same time. On a thread of its own the same blocking call harms nobody; "
        + "awaiting needs no thread at all.");

    static Estimate Silence(Evidence evidence, string trial) => evidence.Of(trial, run => run.Use!.TurnLagSeconds / run.ElapsedSeconds);

    /// <summary>What must not be done: it blocks the turn that it runs in. Task.Run takes the download off this grain, which could not complete it now.</summary>
    sealed class BlockedTurn : IStrategy
    {
        public string Name => "blocked-turn";
        public string Description => "Blocks the turn that it runs in.";
        public bool OneAtATime => true;

        public Task Run(IReadOnlyList<string> countries, int limit, Func<string, Task> downloadOne)
        {
            foreach (var country in countries)
                Task.Run(() => downloadOne(country)).GetAwaiter().GetResult();
            return Task.CompletedTask;
        }
    }
}
