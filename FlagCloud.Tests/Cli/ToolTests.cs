using System.Diagnostics;
using FlagCloud.Tests.Hosting;

namespace FlagCloud.Tests.Cli;

public sealed class ToolTests : IDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("flagcloud-tool-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Package_installs_as_a_tool_that_runs()
    {
        await using var web = await StandInWeb.StartAsync();
        // As the tests were built: <configuration>/<framework>/.
        var configuration = Directory.GetParent(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar))!.Name;

        await RunAsync("dotnet", "pack", Repository.PathTo("FlagCloud.Cli"), "--no-build", "--configuration", configuration, "--output", folder.FullName);
        await RunAsync("dotnet", "tool", "install", "flagcloud", "--tool-path", Path.Combine(folder.FullName, "tool"), "--source", folder.FullName);
        var output = await RunAsync(Path.Combine(folder.FullName, "tool", "flagcloud"), "list", "--url", web.Url);

        Assert.Contains(Samples.Id, output);
    }

    static async Task<string> RunAsync(string program, params string[] args)
    {
        using var process = Process.Start(new ProcessStartInfo(program, args) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var token = TestContext.Current.CancellationToken;
        try
        {
            var error = process.StandardError.ReadToEndAsync(token);
            var output = await process.StandardOutput.ReadToEndAsync(token).WaitAsync(TimeSpan.FromMinutes(2), token);
            await process.WaitForExitAsync(token);
            Assert.True(process.ExitCode is 0, $"{program} {string.Join(' ', args)}: {output}{await error}");
            return output;
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }
}
