using FlagCloud.Dashboard.Queries;

namespace FlagCloud.Tests.Dashboard;

public sealed class FieldFilterTests
{
    [Theory]
    [InlineData("=", "10", "10.0", true)]
    [InlineData("=", "async", "ASYNC", true)]
    [InlineData("≠", "async", "threaded", true)]
    [InlineData(">", "9", "10", true)]
    [InlineData(">", "b", "a", false)]
    [InlineData("<", "9", "", false)]
    [InlineData("≤", "9", "9", true)]
    [InlineData("≥", "9", "8.9", false)]
    [InlineData("contains", "yn", "async", true)]
    [InlineData("lacks", "yn", "async", false)]
    public void Admits_compares_numbers_as_numbers_and_text_as_text(string op, string value, string actual, bool admitted)
    {
        var filter = new FieldFilter("f", Enum.GetValues<FilterOperator>().Single(one => FieldFilter.Symbol(one) == op), value);

        Assert.Equal(admitted, filter.Admits(actual));
    }

    [Fact]
    public void Address_gives_back_what_was_written_whatever_the_text()
    {
        IReadOnlyList<FieldFilter> filters =
        [
            new("url.full", FilterOperator.Contains, "http://a/?b=c&d=~,%7E"),
            new("ü,~", FilterOperator.LessOrEqual, "", IsOff: true),
        ];

        Assert.Equal(filters, FilterAddress.Read(FilterAddress.Write(filters)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a~b")]
    [InlineData("a~nonsense~b")]
    [InlineData(",,,~~~~~~")]
    public void Address_that_cannot_be_read_is_no_filter(string? address) => Assert.Empty(FilterAddress.Read(address));
}
