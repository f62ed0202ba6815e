using Aspire.Hosting;

namespace FlagCloud.Tests.Orchestration;

public sealed class CommandLineTests
{
    [Fact]
    public void Switches_and_keys_are_told_apart()
    {
        var line = CommandLine.Parse(["--once", "--Ports:Silo=1", "--Compare", "-l 10", "--fresh"]);

        Assert.True(line is { Once: true, Fresh: true, Verbose: false });
        Assert.Equal(["Ports:Silo=1", "Compare=-l 10"], line.KeyValues);
    }

    [Theory]
    [InlineData("--twice")]
    [InlineData("--Ports:Slio=1")]
    [InlineData("br")]
    public void Unknown_argument_is_refused_with_what_is_allowed(string argument)
    {
        var error = Assert.Throws<UsageException>(() => CommandLine.Parse([argument]));

        Assert.StartsWith($"The argument '{argument}' is unknown. Allowed are --once", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--publisher")]
    [InlineData("--operation=publish")]
    public void Publishing_is_sent_to_aspires_orchestrator(string argument)
    {
        var error = Assert.Throws<UsageException>(() => CommandLine.Parse([argument, "manifest"]));

        Assert.Contains("-p:Orchestrator=Aspire", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Key_without_a_value_is_refused() =>
        Assert.Contains("has no value", Assert.Throws<UsageException>(() => CommandLine.Parse(["--Compare"])).Message, StringComparison.Ordinal);
}
