using System.Diagnostics;

namespace FlagCloud.Tests.Cli;

public sealed class CancelTests
{
    [Fact]
    public async Task Interrupt_cancels_at_the_silo_and_still_reports()
    {
        await using var web = await StandInWeb.StartAsync();
        using var interrupt = new CancellationTokenSource();
        web.OnStream(async events =>
        {
            await events.SendAsync("comparison", Samples.Running);
            web.Record = Samples.Cancelled;
            await interrupt.CancelAsync();
            await Task.Delay(Timeout.Infinite, events.Gone);
        });
        var client = new Client();

        Assert.Equal(130, await client.RunAsync(["compare", "--url", web.Url], interrupt.Token));
        Assert.True(web.Cancelled.IsCompleted);
        Assert.Contains("measured  7 ok, 13 cancelled of 20 flags in 1 run", client.Lines);
        Assert.Contains("status    cancelled", client.Lines);
        Assert.Contains("Cancelling; once more ends this program at once.", client.ErrorLines);
    }

    [Fact]
    public async Task Silo_that_does_not_cancel_is_said()
    {
        await using var web = await StandInWeb.StartAsync();
        web.Record = Samples.Running;
        using var interrupt = new CancellationTokenSource();
        web.OnStream(async events =>
        {
            await interrupt.CancelAsync();
            await Task.Delay(Timeout.Infinite, events.Gone);
        });
        web.OnStream(events => Task.Delay(Timeout.Infinite, events.Gone));
        var client = new Client { Patience = new() { Cancel = TimeSpan.FromMilliseconds(300) } };

        Assert.Equal(3, await client.RunAsync(["compare", "--url", web.Url], interrupt.Token));
        Assert.Contains("the server has not cancelled", client.Error);
    }

    [Fact]
    public async Task Sigint_to_the_process_cancels_at_the_silo_and_ends_with_130()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Windows has no kill program to send the signal with.");
        await using var web = await StandInWeb.StartAsync();
        web.Record = Samples.Running;
        var running = new TaskCompletionSource();
        web.OnStream(async events =>
        {
            await events.SendAsync("comparison", Samples.Running);
            running.TrySetResult(); // The client asks again when it has cancelled.
            await web.Cancelled;
            web.Record = Samples.Cancelled;
            await events.SendAsync("comparison", web.Record);
        });
        string[] command = ["dotnet", Client.Program, "compare", "--url", web.Url];
        if (IgnoresSigint()) command = ["env", "--default-signal=INT", .. command];
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        try
        {
            var token = TestContext.Current.CancellationToken;
            await running.Task.WaitAsync(TimeSpan.FromSeconds(60), token);
            using (var kill = Process.Start("kill", ["-INT", $"{process.Id}"])) await kill.WaitForExitAsync(token);
            var output = await process.StandardOutput.ReadToEndAsync(token).WaitAsync(TimeSpan.FromSeconds(60), token);
            await process.WaitForExitAsync(token);

            Assert.Equal(130, process.ExitCode);
            Assert.Contains("status    cancelled", output);
            Assert.Contains("13 cancelled", output);
            Assert.DoesNotContain('\e', output);
        }
        finally
        {
            process.Kill();
        }
    }

    // As all background jobs of a script do, and what they start.
    static bool IgnoresSigint() => File.Exists("/proc/self/status") && File.ReadLines("/proc/self/status")
        .Where(line => line.StartsWith("SigIgn:", StringComparison.Ordinal)).Any(line => (Convert.ToUInt64(line[7..].Trim(), 16) & 2) is not 0);

    [Fact]
    public async Task Cancel_command_cancels_and_reports()
    {
        await using var web = await StandInWeb.StartAsync();
        web.Record = Samples.Running;
        web.OnStream(async events =>
        {
            Assert.True(web.Cancelled.IsCompleted);
            await events.SendAsync("comparison", Samples.Cancelled);
        });
        var client = new Client();

        Assert.Equal(0, await client.RunAsync(web, "cancel", "20260102-030405-000-c0fe"));
        Assert.Contains("status    cancelled", client.Lines);
    }

    [Fact]
    public async Task Cancel_command_leaves_what_has_ended()
    {
        await using var web = await StandInWeb.StartAsync();
        var client = new Client();

        Assert.Equal(0, await client.RunAsync(web, "cancel", "20260102-030405-000-c0fe"));
        Assert.Equal("20260102-030405-000-c0fe has ended before: completed.", client.Lines[0]);
        Assert.False(web.Cancelled.IsCompleted);
    }
}
