namespace FlagCloud.Silo.Questions.Asked;

sealed class OneThreadManyDownloads() : Question(
    2, "one-thread-many-downloads", "How can something that never runs on two threads at once be several times faster?",
    explanation: "An event loop, or a grain's turns, run one at a time. Each turn only starts a download or takes note that one has ended, which takes microseconds; between "
        + "them nobody waits: the operating system watches all the sockets at once. What is counted here is who was inside the strategy's own code at the same instant, and how "
        + "many requests were open meanwhile, both as the client and as the flag server counted. In .NET the turns may move from thread to thread, but two of them never "
        + "overlap.",
    expectation: "The fan-out never has two threads in its code at once, while all 20 downloads are in flight; threads need one each for that.")
{
    const string FanOut = "fan-out", Threaded = "threads";
    const int Flags = 20;

    public override IReadOnlyList<Trial> Trials => [Of(FanOut, "async"), Of(Threaded, "threaded")];

    public override Finding Judge(Evidence evidence) => new(
        [
            Claim.AtMost("most threads at once in the fan-out's code", evidence.Of(FanOut, run => run.Use!.CallersAtOnce), "", 1),
            Claim.AtLeast("most downloads in flight, fan-out's count", evidence.Of(FanOut, run => run.PeakInFlight), "", Flags),
            Claim.AtLeast("most requests in flight, flag server's count", evidence.Of(FanOut, run => run.OriginPeakInFlight ?? 0), "", 0.8 * Flags),
            Claim.AtLeast("threads of its own that the threaded strategy needed", evidence.Of(Threaded, run => run.Use!.OwnThreads), "", Flags),
            Claim.AtLeast(
                "time that the downloads waited for the flag server, one after the other / time of the run",
                evidence.Of(FanOut, run => run.Phases!.Waiting * run.Ok / run.ElapsedSeconds), "x", 3),
            new("threads that ran the fan-out's turns, one after the other", evidence.Of(FanOut, run => run.ThreadsUsed), ""),
            new("threads of its own that the fan-out needed", evidence.Of(FanOut, run => run.Use!.OwnThreads), ""),
            new("most threads at once in the threaded strategy's code", evidence.Of(Threaded, run => run.Use!.CallersAtOnce), ""),
            new("threads blocked on downloads, all together", evidence.Of(Threaded, run => run.Use!.BlockedSeconds), "s"),
            new("CPU seconds / elapsed seconds, fan-out", evidence.Parallelism(FanOut), ""),
        ],
        "One turn at a time keeps twenty downloads in flight, because it never waits for any of them.");

    static Trial Of(string name, string strategy) => new(name, new() { Strategies = [strategy], Concurrency = Flags, Profile = "web" });
}
