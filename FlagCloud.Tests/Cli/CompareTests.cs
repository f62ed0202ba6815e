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
        await using var silo = await StandInSilo.StartAsync();

        Assert.Equal(0, await new Client().RunAsync(silo, "compare"));
    }

    [Fact]
    public async Task Something_not_stored_ends_with_1_and_says_why()
    {
        await using var silo = await StandInSilo.StartAsync();
        silo.Record = Samples.WithErrors;
        var client = new Client();

        Assert.Equal(1, await client.RunAsync(silo, "compare"));
        Assert.Contains("measured  36 flags downloaded, 1 not modified, 1 not found, 2 errors, of 40 in 2 runs", client.Lines);
        Assert.Contains("2 x 418 I'm a teapot (CN IN)", client.Lines);
        Assert.Empty(client.Error);
    }

    [Theory]
    [InlineData(ComparisonStatus.Failed)]
    [InlineData(ComparisonStatus.Cancelled)]
    public async Task Comparison_that_did_not_complete_ends_with_1(ComparisonStatus status)
    {
        await using var silo = await StandInSilo.StartAsync();
        silo.Record = Samples.Completed with { Status = status, Reason = "the storage is full" };
        var client = new Client();

        Assert.Equal(1, await client.RunAsync(silo, "compare"));
        Assert.Contains($"status    {status.ToString().ToLowerInvariant()}: the storage is full", client.Lines);
    }

    [Fact]
    public async Task Comparison_without_a_run_ends_with_1()
    {
        await using var silo = await StandInSilo.StartAsync();
        silo.Record = Samples.Completed with { Runs = [], Summary = [] };

        Assert.Equal(1, await new Client().RunAsync(silo, "compare"));
    }

    [Fact]
    public async Task Piped_output_is_a_line_a_run_without_colours_or_wrapping()
    {
        await using var silo = await StandInSilo.StartAsync();
        var conclusion = string.Join(' ', Enumerable.Repeat("conclusion", 40));
        silo.Record = Samples.Completed with { Conclusions = [conclusion] };
        silo.OnStream(async events =>
        {
            await events.SendAsync("comparison", Samples.Queued);
            await events.SendAsync("comparison", Samples.Running);
            await events.SendTextAsync(": a comment\n\nevent: unheard-of\ndata: {}\n\n");
            await events.SendAsync("run", Samples.WarmUp);
            await events.SendAsync("run", Samples.Sequential);
            await events.SendAsync("progress", Samples.Progress(Samples.Brazil));
            await events.SendAsync("run", Samples.Async);
            await events.SendAsync("comparison", silo.Record);
        });
        var client = new Client();

        Assert.Equal(0, await client.RunAsync(silo, "compare"));
        Assert.DoesNotContain('\e', client.Output);
        Assert.StartsWith("Queued: ", client.Lines[0]);
        Assert.Equal("machine  atelier, 2 cores, Debian 12", client.Lines[1]);
        Assert.Equal(
            ["[1/4] sequential, warm-up: 20 ok in 7.50 s", "[2/4] sequential, round 1: 19 ok, 1 not modified in 7.18 s", "[3/4] async, round 1: 20 ok in 1.35 s"],
            client.Lines.Where(line => line.StartsWith('[')));
        Assert.Contains(conclusion, client.Lines);
    }

    [Fact]
    public async Task Verbose_is_a_line_a_download_each_once()
    {
        await using var silo = await StandInSilo.StartAsync();
        silo.OnStream(async events =>
        {
            await events.SendAsync("comparison", Samples.Running);
            await events.SendAsync("progress", Samples.Progress(Samples.Brazil));
            await events.SendAsync("progress", Samples.Progress(Samples.Brazil, Samples.Failed("cn")));
            await events.SendAsync("comparison", silo.Record);
        });
        var client = new Client();

        Assert.Equal(0, await client.RunAsync(silo, "compare", "-v"));
        Assert.Single(client.Lines, "BR ok 1,234 B 0.310 s");
        Assert.Single(client.Lines, "CN error: 418 I'm a teapot after 3 attempts 0.250 s");
        Assert.Single(client.Lines, "[3/3] async, round 1");
        Assert.Single(client.Lines, "async, round 1: IN error: 418 I'm a teapot after 3 attempts 0.250 s");
    }

    [Fact]
    public async Task Terminal_shows_a_bar_per_strategy()
    {
        await using var silo = await StandInSilo.StartAsync();
        silo.OnStream(async events =>
        {
            await events.SendAsync("comparison", Samples.Running);
            await events.SendAsync("run", Samples.WarmUp);
            await events.SendAsync("run", Samples.Sequential);
            await events.SendAsync("run", Samples.Async);
            await events.SendAsync("comparison", silo.Record);
        });
        var client = new Client(live: true);

        Assert.Equal(0, await client.RunAsync(silo, "compare"));
        Assert.Matches("sequential .*100%.* 39 ok, 1 not modified", client.Output);
        Assert.Matches("async .*50%.* 20 ok", client.Output);
    }

    [Fact]
    public async Task Silo_that_is_not_there_is_one_line_with_its_address()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/";
        listener.Stop();
        var client = new Client();

        Assert.Equal(1, await client.RunAsync(["compare", "--url", url], TestContext.Current.CancellationToken));
        Assert.Empty(client.Output);
        Assert.Contains(url, Assert.Single(client.Error.TrimEnd().Split('\n')));
        Assert.Contains("--url", client.Error);
    }

    [Fact]
    public async Task Silo_that_fails_is_one_line_with_what_it_said()
    {
        await using var silo = await StandInSilo.StartAsync();
        silo.StartAnswer = Results.Problem(statusCode: 503, detail: "Storage does not answer.");
        var client = new Client();

        Assert.Equal(1, await client.RunAsync(silo, "compare"));
        Assert.Contains("503 Service Unavailable to /api/comparisons: Storage does not answer.", Assert.Single(client.Error.TrimEnd().Split('\n')));
    }

    [Fact]
    public async Task Server_that_is_no_silo_is_told_apart()
    {
        await using var silo = await StandInSilo.StartAsync();
        silo.StartAnswer = Results.Content("<html>", "text/html");
        var client = new Client();

        Assert.Equal(1, await client.RunAsync(silo, "compare"));
        Assert.Contains("no FlagCloud record", client.Error);
    }
}
