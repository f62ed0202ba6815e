using FlagCloud.Web.Charts;
using FlagCloud.Web.Lab.Why;

namespace FlagCloud.Tests.Lab;

/// <summary>What the charts are drawn from.</summary>
public sealed class ChartTests
{
    [Fact]
    public void Place_that_changes_hands_is_not_counted_twice()
    {
        var line = StepLine.Count("async", [(0, 1), (1, 3), (2, 3)]);

        Assert.Equal([(0, 0), (0, 1), (1, 0), (1, 1), (2, 2), (3, 1), (3, 0)], line.Points);
    }

    [Fact]
    public void Spread_lies_between_the_nearest_values()
    {
        var row = SpreadRow.Of("waiting", [4, 1, 3, 2])!;

        // As numpy.percentile([1, 2, 3, 4], [5, 50, 95]) has it.
        Assert.Equal((4, 1.15, 2.5, 3.85, 4), (row.Sorted.Length, Math.Round(row.At(.05), 10), row.At(.5), Math.Round(row.At(.95), 10), row.At(1)));
        Assert.Null(SpreadRow.Of("waiting", []));
    }

    [Fact]
    public void Zoom_keeps_its_middle_and_stays_on_the_axis()
    {
        var whole = Zoom.All(10);

        Assert.Equal((2.5, 7.5), Ends(whole.By(.5)));
        Assert.Equal((0, 10), Ends(whole.By(.5).By(4)));
        Assert.Equal((5, 10), Ends(whole.By(.5).Move(3)));
        Assert.Equal((2, 4), Ends(whole.Brush("0.2,0.4")));
        Assert.Equal((3, 3.5), Ends(whole.Brush("0.2,0.4").Brush("0.5,0.75")));
        Assert.Equal(whole, whole.By(.5).By(2));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("0.4,0.2")]
    [InlineData("0.2")]
    [InlineData("-1,2")]
    [InlineData("a,b")]
    public void Brush_that_makes_no_sense_changes_nothing(string? part) => Assert.Equal(Zoom.All(10), Zoom.All(10).Brush(part));

    static (double, double) Ends(Zoom zoom) => (zoom.From, zoom.To);
}
