using FlagCloud.Contracts;

namespace FlagCloud.Tests.Statistics;

/// <summary>Runs made by hand.</summary>
static class Runs
{
    public static Run Of(string strategy, int round, double seconds, int ok = 20, int errors = 0, int cancelled = 0, double ideal = 1) => new(
        strategy, round, round is 0, seconds, ok + errors + cancelled, ok, 0, 0, errors, cancelled, ok * 1_000, ok, 1, 1, 1, 0.1, ideal);
}
