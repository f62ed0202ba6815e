using FlagCloud.Silo.Comparisons.Statistics;

namespace FlagCloud.Tests.Statistics;

public sealed class OrderIntervalTests
{
    [Theory]
    [InlineData(6, 1, 6)] // By hand: 2 / 2^6 = 3.1 % lie outside of the least and the largest; one further in, 2 * (1 + 6) / 2^6 = 21.9 % do.
    [InlineData(8, 1, 8)] // 2 * (1 + 8) / 2^8 = 7.0 % are too many.
    [InlineData(9, 2, 8)] // 2 * (1 + 9) / 2^9 = 3.9 %.
    [InlineData(20, 6, 15)] // As in tables of the sign test.
    public void Interval_lies_between_the_values_that_enclose_the_median_often_enough(int count, double low, double high) =>
        Assert.Equal(new Interval(low, high), OrderInterval.OfMedian(Enumerable.Range(1, count).Select(value => (double)value).Reverse()));

    [Fact]
    public void Interval_of_fewer_than_six_values_is_unknown() => Assert.Null(OrderInterval.OfMedian([1, 2, 3, 4, 5]));
}
