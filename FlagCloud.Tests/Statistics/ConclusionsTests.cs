using FlagCloud.Contracts;
using FlagCloud.Silo.Comparisons.Statistics;

namespace FlagCloud.Tests.Statistics;

public sealed class ConclusionsTests
{
    static readonly double[] Luck = [1, 1.1, 0.9, 1.3, 0.8, 1.2];

    [Fact]
    public void Verdict_names_each_ratio_with_its_interval_and_what_cannot_be_told_apart() => Assert.Equal(
        "async 10.00x (10.00 to 10.00), threaded 9.90x (9.09 to 10.10) as fast as sequential; between async and threaded no difference is shown.",
        Of([.. Runs.Rounds("sequential", [.. Luck.Select(seconds => 10 * seconds)]), .. Runs.Rounds("threaded", [1.01, 1.21, 0.891, 1.287, 0.808, 1.212]), .. Runs.Rounds("async", Luck)])[0]);

    [Fact]
    public void Difference_is_what_the_pairs_show_though_the_times_overlap()
    {
        // Rounds differ by far more than the strategies do: only round by round it is seen that one is always a tenth slower.
        var conclusion = Assert.Single(Of([.. Runs.Rounds("threaded", [.. Luck.Select(seconds => 1.1 * seconds)]), .. Runs.Rounds("async", Luck)]));

        Assert.Equal("async 1.10x (1.10 to 1.10) as fast as threaded.", conclusion);
    }

    [Fact]
    public void No_difference_is_shown_where_one_round_goes_the_other_way()
    {
        // Of six pairs all must agree: one that does not is within what luck alone does more often than once in twenty.
        var conclusion = Assert.Single(Of([.. Runs.Rounds("threaded", 2, 2, 2, 2, 2, 1), .. Runs.Rounds("async", 1, 1, 1, 1, 1, 1.1)]));

        Assert.Contains("no difference is shown", conclusion, StringComparison.Ordinal);
    }

    [Fact]
    public void One_round_is_said_to_be_one_round() => Assert.Equal(
        "async 14.00x as fast as sequential in the one round measured; 6 rounds give an interval.",
        Of([.. Runs.Rounds("sequential", 7), .. Runs.Rounds("async", 0.5)])[0]);

    [Fact]
    public void One_strategy_has_nothing_to_be_held_against() => Assert.Equal("async took 1.050 s in 6 rounds; there is nothing to hold it against.", Of([.. Runs.Rounds("async", Luck)])[0]);

    [Fact]
    public void Flags_that_were_not_stored_are_said() => Assert.Contains(
        "Not every flag was stored, so that times are not those of the whole work: async 75.0 %.", Of([Runs.Of("async", 1, 1, ok: 15, errors: 5)])[0], StringComparison.Ordinal);

    static IReadOnlyList<string> Of(IReadOnlyList<Run> runs) => Conclusions.Of(runs, Summaries.Of(runs));
}
