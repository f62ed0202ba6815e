using System.Diagnostics;

namespace FlagCloud.Tests.Cli;

public sealed class ColourTests
{
    [Theory]
    [InlineData(null, true)]
    [InlineData("1", false)]
    public async Task Terminal_has_colours_unless_NO_COLOR_says_no(string? noColor, bool coloured)
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("The terminal is made by util-linux' script.");
        await using var web = await StandInWeb.StartAsync();
        web.Record = Samples.WithErrors;
        var start = new ProcessStartInfo("script", ["-qec", $"dotnet '{Client.Program}' show 20260102-030405-000-c0fe --url {web.Url}", "/dev/null"])
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
            Environment = { ["TERM"] = "xterm-256color", ["NO_COLOR"] = noColor },
        };
        using var process = Process.Start(start)!;
        try
        {
            var token = TestContext.Current.CancellationToken;
            var output = await process.StandardOutput.ReadToEndAsync(token).WaitAsync(TimeSpan.FromSeconds(60), token);

            Assert.Contains("2 errors", output);
            Assert.Equal(coloured, output.Contains("\e[38;5;") || output.Contains("\e[93m"));
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }
}
