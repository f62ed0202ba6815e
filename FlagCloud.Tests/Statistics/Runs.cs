using FlagCloud.Contracts;

namespace FlagCloud.Tests.Statistics;

/// <summary>Runs made by hand.</summary>
static class Runs
{
    public static Run Of(string strategy, int round, double seconds, int ok = 20, int errors = 0, int cancelled = 0, double ideal = 1) => new()
    {
        Strategy = strategy, Round = round, Warmup = round is 0, ElapsedSeconds = seconds, Requested = ok + errors + cancelled, Ok = ok, Errors = errors, Cancelled = cancelled,
        Attempts = ok, PeakInFlight = 1, ThreadsUsed = 1, ProcessCpuSeconds = 0.1, IdealSeconds = ideal,
    };

    /// <summary>A run a round, from round 1 on.</summary>
    public static IEnumerable<Run> Rounds(string strategy, params double[] seconds) => seconds.Select((elapsed, index) => Of(strategy, index + 1, elapsed));
}
