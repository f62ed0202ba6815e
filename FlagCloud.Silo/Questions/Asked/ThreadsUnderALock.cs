namespace FlagCloud.Silo.Questions.Asked;

sealed class ThreadsUnderALock() : Question(
    1, "threads-under-a-lock", "How can threads be several times faster when a lock lets only one of them run at any time?",
    explanation: "CPython's global interpreter lock lets one thread at a time run. But a thread that waits for the network does not run: it gives the lock back, and the others "
        + "go on. A download is nearly all waiting. FlagCloud can take such a lock, too, around all CPU work of a download and around nothing else.",
    expectation: "Ten threads are at least three times faster than one loop, and as much faster with the lock as without: the ratio of the two speed-ups is 0.9 to 1.1.",
    width: 0.12)
{
    const string Sequential = "sequential", LockedSequential = "sequential, lock", Threaded = "threads", LockedThreaded = "threads, lock";

    public override IReadOnlyList<Trial> Trials =>
    [
        Of(Sequential, "sequential", false), Of(LockedSequential, "sequential", true),
        Of(Threaded, "threaded", false), Of(LockedThreaded, "threaded", true),
    ];

    public override Finding Judge(Evidence evidence) => new(
        [
            Claim.AtLeast("speed-up of ten threads, no lock", evidence.Speedup(Threaded, Sequential), "x", 3),
            Claim.AtLeast("speed-up of ten threads, lock", evidence.Speedup(LockedThreaded, LockedSequential), "x", 3),
            new(
                "speed-up with the lock / without it",
                evidence.Each(round => Speedup(round[LockedThreaded], round[LockedSequential]) / Speedup(round[Threaded], round[Sequential])), "x", 0.9, 1.1),
            new("waiting for the lock, all ten flags together", evidence.Of(LockedThreaded, run => run.Use!.LockWaitSeconds * 1000), "ms"),
            new("threads blocked on downloads, all ten together", evidence.Of(LockedThreaded, run => run.Use!.BlockedSeconds), "s"),
            new("CPU seconds / elapsed seconds, threads with lock", evidence.Parallelism(LockedThreaded), ""),
        ],
        "The lock makes no difference here: threads that wait do not need it, and waiting is what downloads consist of.");

    static double Speedup(Run fast, Run slow) => slow.ElapsedSeconds / fast.ElapsedSeconds;

    static Trial Of(string name, string strategy, bool locked) =>
        new(name, new() { Strategies = [strategy], Limit = 10, Concurrency = 10, Profile = "web", InterpreterLock = locked });
}
