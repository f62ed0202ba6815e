using FlagCloud.Contracts;
using FlagCloud.Silo.Components.Figures;

namespace FlagCloud.Tests.Lab;

public sealed class VerdictSentenceTests
{
    [Theory]
    [InlineData(ComparisonStatus.Cancelled, "It was cancelled, so there is no verdict.")]
    [InlineData(ComparisonStatus.Failed, "It failed, so there is no verdict: storage")]
    [InlineData(ComparisonStatus.Running, "It is still under way.")]
    [InlineData(ComparisonStatus.Completed, "No round was measured, so there is no verdict.")]
    public void Without_a_summary_it_says_why_there_is_no_verdict(ComparisonStatus status, string sentence) =>
        Assert.Equal(sentence, VerdictSentence.Of(Ended() with { Status = status, Reason = "storage" }));

    [Fact]
    public void One_strategy_is_held_against_nothing() =>
        Assert.Equal("async took 0.500 s (median of 6 rounds); there is no other strategy to hold it against.", VerdictSentence.Of(Ended(Took("async", .5, .4, .6))));

    [Fact]
    public void Intervals_that_overlap_are_no_difference() =>
        Assert.Equal(
            "No difference is shown between async and threaded: their 95 % intervals overlap.",
            VerdictSentence.Of(Ended(Took("threaded", .52, .45, .6), Took("async", .5, .4, .55))));

    [Fact]
    public void Two_that_are_tied_are_faster_than_the_third_by_a_range() =>
        Assert.Equal(
            "async and threaded are 12.5 to 14.0 times as fast as sequential; between async and threaded no difference is shown.",
            VerdictSentence.Of(Ended(Took("sequential", 7, 6.5, 7.5), Took("async", .5, .4, .55), Took("threaded", .56, .45, .6))));

    [Fact]
    public void Too_few_rounds_for_an_interval_are_no_verdict() =>
        Assert.Contains("cannot tell a difference from luck", VerdictSentence.Of(Ended(Took("async", .5, null, null), Took("sequential", 7, null, null))), StringComparison.Ordinal);

    [Fact]
    public void Flags_that_were_not_stored_are_said() =>
        Assert.EndsWith(
            "Not every flag was stored: async 73.0 %.",
            VerdictSentence.Of(Ended(Took("sequential", 7, 6.5, 7.5), Took("async", .5, .4, .55) with { SuccessRate = .73 })), StringComparison.Ordinal);

    static Comparison Ended(params StrategySummary[] summary) =>
        new("id", ComparisonStatus.Completed, null, default, null, null, null, null!, null!, [], summary, []);

    static StrategySummary Took(string strategy, double seconds, double? low, double? high) => new(strategy, 6, seconds, low, high, null, null, null, 20 / seconds, 1, .9);
}
