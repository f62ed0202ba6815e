using FlagCloud.Contracts;
using FlagCloud.Silo.Comparisons.Statistics;

namespace FlagCloud.Tests.Statistics;

public sealed class ConclusionsTests
{
    [Fact]
    public void Overlapping_intervals_show_no_difference() => Assert.Equal(
        "async and threaded: no difference shown; the 95 % intervals overlap (0.900–1.200 s and 1.100–1.400 s).",
        Assert.Single(Conclusions.Of([Summary("threaded", 1.2, 1.1, 1.4), Summary("async", 1, 0.9, 1.2)])));

    [Fact]
    public void Intervals_that_touch_overlap() => Assert.Contains(
        "no difference shown", Assert.Single(Conclusions.Of([Summary("a", 1, 0.9, 1.1), Summary("b", 1.2, 1.1, 1.3)])), StringComparison.Ordinal);

    [Fact]
    public void Intervals_apart_name_the_faster_and_by_how_much() => Assert.Equal(
        "async is faster than sequential: 5.00x by the medians (1.000 s and 5.000 s), and the 95 % intervals do not overlap.",
        Assert.Single(Conclusions.Of([Summary("async", 1, 0.9, 1.1), Summary("sequential", 5, 4.9, 5.1)])));

    [Fact]
    public void One_round_tells_nothing() => Assert.Contains(
        "no difference can be told from luck", Assert.Single(Conclusions.Of([Summary("a", 1, null, null), Summary("b", 9, null, null)])), StringComparison.Ordinal);

    [Fact]
    public void Flags_that_were_not_stored_are_said() => Assert.Equal(
        "a: only 75.0 % of the flags were stored; its time is not that of the whole work.",
        Assert.Single(Conclusions.Of([Summary("a", 1, 1, 1) with { SuccessRate = 0.75 }])));

    static StrategySummary Summary(string strategy, double median, double? low, double? high) => new(strategy, 5, median, low, high, null, null, null, 20 / median, 1, 1);
}
