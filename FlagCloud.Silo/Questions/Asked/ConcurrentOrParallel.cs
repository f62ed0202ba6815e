namespace FlagCloud.Silo.Questions.Asked;

sealed class ConcurrentOrParallel() : Question(
    3, "concurrent-or-parallel", "Concurrent or parallel? What becomes of CPU-bound work?",
    explanation: "Concurrent is to have many things under way; parallel is to work on several at the same instant, which takes several cores. Here the CPU is the bottleneck: "
        + "each flag is compressed as tightly as Brotli can. Under an interpreter lock one flag at a time is compressed, and neither threads nor an event loop help, as in "
        + "CPython. Without it .NET uses all cores, and for the fan-out as well: it is single-threaded only in its own code. A flag's CPU-bound work runs in another grain, on a "
        + "worker thread for each core, so that it runs in parallel whoever asked for it. CPython's asyncio has one thread for both and needs processes for that. (CPython's own "
        + "compression library lets go of its lock while it works; the lock here stands for CPU work in the language itself.)",
    expectation: "With the lock, threads and fan-out are no faster than one loop (0.8 to 1.25 times). Without it, both are faster by at least 20 % for each further core.",
    maxRounds: 24)
{
    const string Sequential = "sequential", Threaded = "threads", FanOut = "fan-out", Lock = ", lock";

    // Of similar size, so that no single one holds up the end: 22 to 43 kB.
    static readonly string[] Heavy = ["bz", "do", "tm", "je", "gs", "gt", "hr", "ad", "as", "ec", "fk", "va"];

    public override IReadOnlyList<Trial> Trials =>
    [
        Of(Sequential, "sequential", false), Of(Threaded, "threaded", false), Of(FanOut, "async", false),
        Of(Sequential + Lock, "sequential", true), Of(Threaded + Lock, "threaded", true), Of(FanOut + Lock, "async", true),
    ];

    public override Finding Judge(Evidence evidence) => new(
        [
            new("speed-up of threads, lock on", evidence.Speedup(Threaded + Lock, Sequential + Lock), "x", 0.8, 1.25),
            new("speed-up of the fan-out, lock on", evidence.Speedup(FanOut + Lock, Sequential + Lock), "x", 0.8, 1.25),
            Claim.AtLeast("speed-up of threads, lock off", WithCores(evidence, Threaded), "x", Least(evidence)),
            Claim.AtLeast("speed-up of the fan-out, lock off", WithCores(evidence, FanOut), "x", Least(evidence)),
            Claim.AtMost("most threads at once in CPU work, lock on", evidence.Of(FanOut + Lock, run => run.Use!.CpuThreadsAtOnce), "", 1),
            .. Trials.Select(trial => new Claim($"CPU seconds / elapsed seconds, {trial.Name}", evidence.Parallelism(trial.Name), "")),
            new("most threads at once in CPU work, fan-out, lock off", evidence.Of(FanOut, run => run.Use!.CpuThreadsAtOnce), ""),
            new("waiting for the lock, all flags together, fan-out", evidence.Of(FanOut + Lock, run => run.Use!.LockWaitSeconds), "s"),
        ],
        "With the lock all three take the same time: concurrent, but not parallel. Without it the work spreads over the cores, under threads and under the fan-out alike.");

    static double Least(Evidence evidence) => 1 + (0.2 * (Math.Min(evidence.Cores, Heavy.Length) - 1));

    // On one core nothing is parallel: there is nothing to be told.
    static Estimate WithCores(Evidence evidence, string trial) =>
        evidence.Speedup(trial, Sequential) is var speedup && evidence.Cores > 1 ? speedup : speedup with { Interval = null };

    static Trial Of(string name, string strategy, bool locked) =>
        new(name, new() { Strategies = [strategy], Countries = Heavy, Concurrency = Heavy.Length, Profile = "local", Work = WorkKind.Brotli, InterpreterLock = locked });
}
