using FlagCloud.Silo.Comparisons.Statistics;

namespace FlagCloud.Tests.Statistics;

public sealed class BootstrapTests
{
    [Theory]
    [InlineData(new[] { 3.0 }, 3.0)]
    [InlineData(new[] { 3.0, 1.0 }, 2.0)]
    [InlineData(new[] { 5.0, 1.0, 3.0 }, 3.0)]
    [InlineData(new[] { 4.0, 1.0, 3.0, 2.0 }, 2.5)]
    public void Median_is_the_middle_value(double[] values, double expected) => Assert.Equal(expected, Bootstrap.Median(values));

    [Fact]
    public void Median_of_nothing_is_refused() => Assert.Throws<ArgumentException>(() => Bootstrap.Median([]));

    [Fact]
    public void Interval_of_fewer_than_five_values_is_unknown() => Assert.Null(Bootstrap.OfMedian([1, 2, 3, 4]));

    [Fact]
    public void Interval_of_equal_values_is_a_point() => Assert.Equal(new Interval(2, 2), Bootstrap.OfMedian([2, 2, 2, 2, 2]));

    [Fact]
    public void Interval_of_five_values_spans_them_all()
    {
        // By hand: a resample's median is the least value if that was drawn three times or more of five:
        // 10 * 0.2^3 * 0.8^2 + 5 * 0.2^4 * 0.8 + 0.2^5 = 5.8 % > 2.5 %.
        Assert.Equal(new Interval(1, 9), Bootstrap.OfMedian([1, 2, 5, 7, 9]));
    }

    [Fact]
    public void Interval_of_many_values_leaves_out_the_outliers()
    {
        // Of 21 values, the median of a resample is the largest only if that was drawn 11 times or more: probability under 1e-9.
        var interval = Bootstrap.OfMedian([.. Enumerable.Range(1, 20).Select(value => (double)value), 1_000])!.Value;

        Assert.InRange(interval.Low, 5, 10);
        Assert.InRange(interval.High, 12, 17);
    }

    [Fact]
    public void Interval_is_the_same_for_the_same_values() => Assert.Equal(Bootstrap.OfMedian([1, 2, 4, 8, 16]), Bootstrap.OfMedian([1, 2, 4, 8, 16]));

    [Fact]
    public void Interval_covers_the_true_median_about_as_often_as_it_says()
    {
        var random = new Random(7);
        var covered = Enumerable.Range(0, 200).Count(_ =>
        {
            // Uniform on 0 to 1: the true median is 0.5.
            var interval = Bootstrap.OfMedian([.. Enumerable.Range(0, 25).Select(_ => random.NextDouble())])!.Value;
            return interval.Low <= 0.5 && interval.High >= 0.5;
        });

        Assert.InRange(covered, 180, 200);
    }
}
