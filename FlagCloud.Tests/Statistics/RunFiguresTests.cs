using FlagCloud.Contracts;
using FlagCloud.Silo.Comparisons.Statistics;

namespace FlagCloud.Tests.Statistics;

public sealed class RunFiguresTests
{
    [Fact]
    public void One_place_must_sit_through_the_sum() => Assert.Equal(6, RunFigures.Ideal([1, 2, 3], 1));

    [Fact]
    public void Enough_places_must_sit_through_the_longest() => Assert.Equal(3, RunFigures.Ideal([1, 2, 3], 3));

    [Fact]
    public void Few_places_share_the_sum() => Assert.Equal(4, RunFigures.Ideal([2, 2, 2, 2], 2));

    [Fact]
    public void No_delays_take_no_time() => Assert.Equal(0, RunFigures.Ideal([], 5));

    [Theory]
    [InlineData(new[] { 0, 1, 2, 3 }, 1.0)]
    [InlineData(new[] { 3, 2, 1, 0 }, -1.0)]
    [InlineData(new[] { 7, 3, 9 }, 0.5)] // By hand: ranks 1 0 2, squares 1 1 0: 1 - 6 * 2 / (3 * 8).
    public void Rank_correlation_is_Spearmans(int[] order, double expected) => Assert.Equal(expected, RunFigures.RankCorrelation(order)!.Value, 9);

    [Fact]
    public void One_result_has_no_order() => Assert.Null(RunFigures.RankCorrelation([4]));

    [Fact]
    public void Map_hands_on_nothing_before_a_slow_head_and_as_completed_does_not_care()
    {
        // Submitted 0 1 2; completed 1 (at 1 s), 2 (at 2 s), 0 (at 9 s).
        var order = RunFigures.Order([Ended(1, 1), Ended(2, 2), Ended(0, 9)])!;

        Assert.Equal((1.0, 2.0, 9.0), (order.FirstSeconds, order.MiddleSeconds, order.LastSeconds));
        Assert.Equal((9.0, 9.0), (order.FirstInOrderSeconds, order.MiddleInOrderSeconds));
        Assert.Equal(-0.5, order.RankCorrelation!.Value, 9);
    }

    [Fact]
    public void Only_futures_that_finished_are_results() => Assert.Equal(
        5, RunFigures.Order([Ended(0, 1) with { Outcome = Outcome.Error }, Ended(1, 2) with { Outcome = Outcome.Cancelled }, Ended(2, 5)])!.FirstSeconds);

    [Fact]
    public void Nothing_finished_has_no_order() => Assert.Null(RunFigures.Order([Ended(0, 1) with { Outcome = Outcome.Error }]));

    [Fact]
    public void Phases_are_means_over_the_stored_flags()
    {
        var stored = Ended(0, 9) with { StartedSeconds = 1, HeadersSeconds = 2, BodySeconds = 4, WorkedSeconds = 7, StoredSeconds = 8 };

        Assert.Equal(new PhaseSeconds(1, 1, 2, 3, 1), RunFigures.Phases([stored, stored with { Outcome = Outcome.Error, HeadersSeconds = null }]));
    }

    static Download Ended(int submitted, double at) =>
        new() { Country = $"c{submitted}", Strategy = "async", Round = 1, Outcome = Outcome.Ok, SubmitIndex = submitted, EndedSeconds = at };
}
