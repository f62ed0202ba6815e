using FlagCloud.Silo.Comparisons.Statistics;

namespace FlagCloud.Tests.Statistics;

public sealed class IdealScheduleTests
{
    [Fact]
    public void One_place_must_sit_through_the_sum() => Assert.Equal(6, RunFigures.Ideal([1, 2, 3], 1));

    [Fact]
    public void Enough_places_must_sit_through_the_longest() => Assert.Equal(3, RunFigures.Ideal([1, 2, 3], 3));

    [Fact]
    public void Few_places_share_the_sum() => Assert.Equal(4, RunFigures.Ideal([2, 2, 2, 2], 2));

    [Fact]
    public void No_delays_take_no_time() => Assert.Equal(0, RunFigures.Ideal([], 5));
}
