using FlagCloud.Contracts;

namespace FlagCloud.Tests.Statistics;

public sealed class MedianIntervalTests
{
    [Theory]
    [InlineData(new[] { 3.0 }, 3.0)]
    [InlineData(new[] { 3.0, 1.0 }, 2.0)]
    [InlineData(new[] { 5.0, 1.0, 3.0 }, 3.0)]
    [InlineData(new[] { 4.0, 1.0, 3.0, 2.0 }, 2.5)]
    public void Median_is_the_middle_value(double[] values, double expected) => Assert.Equal(expected, MedianInterval.Median(values));

    [Fact]
    public void Median_of_nothing_is_refused() => Assert.Throws<ArgumentException>(() => MedianInterval.Median([]));

    [Theory]
    [InlineData(6, 1, 6)] // By hand: 2 / 2^6 = 3.1 % lie outside of the least and the largest; one further in, 2 * (1 + 6) / 2^6 = 21.9 % do.
    [InlineData(8, 1, 8)] // 2 * (1 + 8) / 2^8 = 7.0 % are too many.
    [InlineData(9, 2, 8)] // 2 * (1 + 9) / 2^9 = 3.9 %.
    [InlineData(20, 6, 15)] // As in tables of the sign test.
    [InlineData(10_000, 4_902, 5_099)] // By the normal approximation: 5,000 -+ 1.96 * 50.
    public void Interval_lies_between_the_values_that_enclose_the_median_often_enough(int count, double low, double high) =>
        Assert.Equal(new MedianInterval(low, high), MedianInterval.Of(Enumerable.Range(1, count).Select(value => (double)value).Reverse()));

    [Fact]
    public void Interval_of_fewer_than_six_values_is_unknown() => Assert.Null(MedianInterval.Of([1, 2, 3, 4, 5]));

    [Fact]
    public void Interval_covers_the_true_median_at_least_as_often_as_it_says()
    {
        var random = new Random(7);
        var covered = Enumerable.Range(0, 1_000).Count(_ =>
        {
            // Uniform on 0 to 1: the true median is 0.5.
            var interval = MedianInterval.Of(Enumerable.Range(0, 6).Select(_ => random.NextDouble()))!;
            return interval.Low <= 0.5 && interval.High >= 0.5;
        });

        Assert.InRange(covered, 950, 1_000);
    }
}
