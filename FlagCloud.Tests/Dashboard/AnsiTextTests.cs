using FlagCloud.Dashboard.Resources;

namespace FlagCloud.Tests.Dashboard;

public sealed class AnsiTextTests
{
    [Fact]
    public void Colours_are_read_and_other_codes_left_out()
    {
        var pieces = AnsiText.Parse("\u001b[1;32minfo\u001b[0m: \u001b[2Kplain \u001b]8;;http://x\u0007link\u001b[38;5;196mred\u001b[38;2;0;0;255mblue");

        Assert.Equal(
            [("info", " bold", (int?)2), (": plain link", "", null), ("red", "", 9), ("blue", "", 12)],
            pieces.Select(piece => (piece.Text, piece.Style.IsBold ? " bold" : "", piece.Style.Colour)));
    }

    [Theory]
    [InlineData("\u001b")]
    [InlineData("\u001b[")]
    [InlineData("\u001b[31")]
    [InlineData("\u001b]0;title")]
    public void Code_that_breaks_off_is_no_text(string line) => Assert.Equal("", AnsiText.Strip(line));
}
