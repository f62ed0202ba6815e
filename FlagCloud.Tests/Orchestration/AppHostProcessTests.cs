using System.Net;
using System.Net.Sockets;
using Aspire.Hosting.Processes;

namespace FlagCloud.Tests.Orchestration;

public sealed class AppHostProcessTests
{
    [Fact]
    public async Task Killed_apphost_leaves_no_process_behind()
    {
        await using var host = await RunningAsync();

        Platform.Kill(host.Entry);

        await Eventually.True("the end of every process", () => host.Alive.Count == 0, seconds: 10);
    }

    [Fact]
    public async Task Apphost_that_is_asked_to_end_stops_everything_and_exits_with_0()
    {
        await using var host = await RunningAsync();

        Platform.Terminate(host.Entry);

        await Eventually.True("the end of every process", () => host.Alive.Count == 0, seconds: 10);
        await host.EndedAsync();
        Assert.Equal(0, host.ExitCode);
        Assert.DoesNotContain("error:", host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Killed_guardian_is_replaced_and_the_next_one_still_guards()
    {
        await using var host = await RunningAsync();
        var guardian = Guardian(host)!.Value;

        Platform.Kill(guardian);
        await Eventually.True("another guardian", () => Guardian(host) is { } next && next.Id != guardian.Id);
        Platform.Kill(host.Entry);

        await Eventually.True("the end of every process", () => host.Alive.Count == 0, seconds: 10);
    }

    [Fact]
    public async Task Configured_port_that_is_taken_is_one_message_and_exit_code_1()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        await using var host = AppHostProcess.Start($"--Ports:Silo={port}", "--Ports:Dashboard=0", "--Ports:Origin=0", "--Ports:Blob=0");
        await host.EndedAsync();

        Assert.Equal(1, host.ExitCode);
        Assert.Contains($"error: Port {port} of 'silo' (Ports:Silo={port}) is taken.", host.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_argument_is_one_message_and_exit_code_2()
    {
        await using var host = AppHostProcess.Start("--Silo=3");
        await host.EndedAsync();

        Assert.Equal(2, host.ExitCode);
        Assert.StartsWith("error: The argument '--Silo=3' is unknown.", host.Output, StringComparison.Ordinal);
    }

    // Azurite is the deepest tree: npm, a shell, node.
    static async Task<AppHostProcess> RunningAsync()
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("Process trees are looked up on Unix only.");
        var host = AppHostProcess.StartOnFreePorts("--Compare=none");
        await host.UntilAsync("Everything runs.");
        Assert.True(host.Alive.Count >= 5, $"Too few processes: {host.Output}");
        return host;
    }

    // The AppHost's only child of its own name.
    static ProcessEntry? Guardian(AppHostProcess host) => host.Alive.Where(p => p.ParentId == host.Entry.Id)
        .Select(p => (ProcessEntry?)p).FirstOrDefault(p => Platform.ProcessName(p!.Value.Id) == Platform.ProcessName(host.Entry.Id));
}
