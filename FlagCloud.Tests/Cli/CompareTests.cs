using System.Net;
using System.Net.Sockets;
using FlagCloud.Contracts;
using Microsoft.AspNetCore.Http;

namespace FlagCloud.Tests.Cli;

public sealed class CompareTests
{
    [Fact]
    public async Task Not_modified_counts_as_stored()
    {
        await using var web = await StandInWeb.StartAsync();

        Assert.Equal(0, await new Client().RunAsync(web, "compare"));
    }

    [Fact]
    public async Task Something_not_stored_ends_with_1_and_says_why()
    {
        await using var web = await StandInWeb.StartAsync();
        web.Record = Samples.WithErrors;
        var client = new Client();

        Assert.Equal(1, await client.RunAsync(web, "compare"));
        Assert.Contains("measured  36 ok, 1 not modified, 1 not found, 2 errors of 40 flags in 2 runs", client.Lines);
        Assert.Contains("2 x 418 I'm a teapot (CN IN)", client.Lines);
    }

    [Theory]
    [InlineData(ComparisonStatus.Failed)]
    [InlineData(ComparisonStatus.Cancelled)]
    public async Task Comparison_that_did_not_complete_ends_with_1(ComparisonStatus status)
    {
        await using var web = await StandInWeb.StartAsync();
        web.Record = Samples.Completed with { Status = status, Reason = "the storage is full" };
        var client = new Client();

        Assert.Equal(1, await client.RunAsync(web, "compare"));
        Assert.Contains($"status    {status.ToString().ToLowerInvariant()}: the storage is full", client.Lines);
    }

    [Fact]
    public async Task Comparison_without_a_run_ends_with_1()
    {
        await using var web = await StandInWeb.StartAsync();
        web.Record = Samples.Completed with { Runs = [], Summary = [] };

        Assert.Equal(1, await new Client().RunAsync(web, "compare"));
    }

    [Fact]
    public async Task Piped_output_is_a_line_a_run_without_colours_or_wrapping()
    {
        await using var web = await StandInWeb.StartAsync();
        var conclusion = string.Join(' ', Enumerable.Repeat("conclusion", 40));
        web.Record = Samples.Completed with { Conclusions = [conclusion] };
        web.OnStream(async events =>
        {
            await events.SendAsync("comparison", Samples.Queued);
            await events.SendAsync("comparison", Samples.Running);
            await events.SendTextAsync(": a comment\n\nevent: unheard-of\ndata: {}\n\n");
            await events.SendAsync("run", Samples.WarmUp);
            await events.SendAsync("run", Samples.Sequential);
            await events.SendAsync("progress", Samples.Progress(Samples.Brazil));
            await events.SendAsync("run", Samples.Async);
            await events.SendAsync("comparison", web.Record);
        });
        var client = new Client();

        Assert.Equal(0, await client.RunAsync(web, "compare"));
        Assert.DoesNotContain('\e', client.Output);
        Assert.DoesNotContain('\e', client.Error);
        Assert.Equal("machine   atelier, 2 cores, Debian 12", client.Lines[0]);
        Assert.Equal(
            ["Queued: it starts when the comparisons before it have ended.", "sequential, warm-up: 20 ok in 7.50 s", "sequential, round 1: 19 ok, 1 not modified in 7.18 s", "async, round 1: 20 ok in 1.35 s", ""],
            client.ErrorLines);
        Assert.Contains(conclusion, client.Lines);
    }

    [Fact]
    public async Task Verbose_is_a_line_a_download_each_once()
    {
        await using var web = await StandInWeb.StartAsync();
        web.OnStream(async events =>
        {
            await events.SendAsync("comparison", Samples.Running);
            await events.SendAsync("progress", Samples.Progress(Samples.Brazil));
            await events.SendAsync("progress", Samples.Progress(Samples.Brazil, Samples.Failed("cn")));
            await events.SendAsync("comparison", web.Record);
        });
        var client = new Client();

        Assert.Equal(0, await client.RunAsync(web, "compare", "-v"));
        Assert.Single(client.ErrorLines, "BR ok 1,234 B 0.310 s");
        Assert.Single(client.ErrorLines, "CN error: 418 I'm a teapot after 3 attempts 0.250 s");
        Assert.Single(client.ErrorLines, "[3/3] async, round 1");
        Assert.Single(client.ErrorLines, "async, round 1: IN error: 418 I'm a teapot after 3 attempts 0.250 s");
    }

    [Fact]
    public async Task Terminal_shows_a_bar_per_strategy()
    {
        await using var web = await StandInWeb.StartAsync();
        web.OnStream(async events =>
        {
            await events.SendAsync("comparison", Samples.Running);
            await events.SendAsync("run", Samples.WarmUp);
            await events.SendAsync("run", Samples.Sequential);
            await events.SendAsync("run", Samples.Async);
            await events.SendAsync("comparison", Measuring(3) with { Conclusions = ["async is ahead."] });
            await Task.Delay(TimeSpan.FromMilliseconds(500), events.Gone); // Spectre draws ten times a second.
            await events.SendAsync("comparison", web.Record);
        });
        var client = new Client(live: true);

        Assert.Equal(0, await client.RunAsync(web, "compare"));
        Assert.Matches("sequential .*100%.* 39 ok, 1 not modified", client.Error);
        Assert.Matches("async .*50%.* 20 ok", client.Error);
        Assert.Contains("After 3 of 6 rounds: async is ahead.", client.Error);
        Assert.Contains("5.32x", client.Error);
        Assert.Contains("5.32x", client.Output);
    }

    [Fact]
    public async Task Provisional_table_is_printed_once_to_a_pipe()
    {
        await using var web = await StandInWeb.StartAsync();
        web.OnStream(async events =>
        {
            await events.SendAsync("comparison", Samples.Running);
            await events.SendAsync("comparison", Measuring(1) with { Conclusions = ["5.32x in the one round measured; six rounds give an interval."] });
            await events.SendAsync("comparison", Measuring(2));
            await events.SendAsync("comparison", web.Record);
        });
        var client = new Client();

        Assert.Equal(0, await client.RunAsync(web, "compare"));
        Assert.Single(client.ErrorLines, line => line.StartsWith("After 1 of 6 rounds: 5.32x in the one round measured"));
        Assert.DoesNotContain("After 2 ", client.Error);
        Assert.Single(client.Lines, line => line.StartsWith("sequential  "));
    }

    [Fact]
    public async Task Json_is_the_record_and_nothing_else_on_standard_output()
    {
        await using var web = await StandInWeb.StartAsync();
        web.Record = Samples.WithErrors;
        var client = new Client();

        Assert.Equal(1, await client.RunAsync(web, "compare", "--output", "json"));
        Assert.Equal(web.RecordBytes, System.Text.Encoding.UTF8.GetBytes(client.Output.TrimEnd()));
    }

    [Fact]
    public async Task Wait_waits_for_a_server_that_is_not_there_yet()
    {
        var url = UnusedUrl();
        var client = new Client { Patience = new() { Reconnect = TimeSpan.FromMilliseconds(20) } };
        var waiting = client.RunAsync(["compare", "--wait", "1m", "--url", url], TestContext.Current.CancellationToken);
        await Task.Delay(100, TestContext.Current.CancellationToken);
        Assert.False(waiting.IsCompleted);

        await using var web = await StandInWeb.StartAsync(url);
        Assert.Equal(0, await waiting);
        Assert.Equal("GET /health", web.Requests.First());
    }

    [Fact]
    public async Task Wait_in_vain_ends_with_3()
    {
        var client = new Client();

        Assert.Equal(3, await client.RunAsync(["list", "--wait", "1s", "--url", UnusedUrl()], TestContext.Current.CancellationToken));
        Assert.Contains("waited 1 s, in vain: no answer from FlagCloud at http://127.0.0.1:", client.Error);
    }

    static Comparison Measuring(int rounds) => Samples.Running with
    {
        Settings = Samples.Running.Settings with { Rounds = 6 },
        Summary = [.. Samples.Completed.Summary.Select(one => one with { Rounds = rounds, CiLowSeconds = null, CiHighSeconds = null })],
    };

    static string UnusedUrl()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/";
    }

    [Fact]
    public async Task Silo_that_is_not_there_is_one_line_with_its_address()
    {
        var url = UnusedUrl();
        var client = new Client();

        Assert.Equal(3, await client.RunAsync(["compare", "--url", url], TestContext.Current.CancellationToken));
        Assert.Empty(client.Output);
        Assert.Contains(url, Assert.Single(client.Error.TrimEnd().Split('\n')));
        Assert.Contains("--url", client.Error);
    }

    [Fact]
    public async Task Silo_that_fails_is_one_line_with_what_it_said()
    {
        await using var web = await StandInWeb.StartAsync();
        web.StartAnswer = Results.Problem(statusCode: 503, detail: "Storage does not answer.");
        var client = new Client();

        Assert.Equal(3, await client.RunAsync(web, "compare"));
        Assert.Contains("503 Service Unavailable to /api/comparisons: Storage does not answer.", Assert.Single(client.Error.TrimEnd().Split('\n')));
    }

    [Fact]
    public async Task Server_that_is_no_silo_is_told_apart()
    {
        await using var web = await StandInWeb.StartAsync();
        web.StartAnswer = Results.Content("<html>", "text/html");
        var client = new Client();

        Assert.Equal(3, await client.RunAsync(web, "compare"));
        Assert.Contains("no FlagCloud record", client.Error);
    }
}
