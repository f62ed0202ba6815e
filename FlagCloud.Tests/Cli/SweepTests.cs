using System.Text.Json;
using System.Text.Json.Nodes;
using FlagCloud.Contracts;

namespace FlagCloud.Tests.Cli;

public sealed class SweepTests
{
    // As if twenty flags took 0.7 s in all, and the origin took no more than seven requests at once.
    static double Seconds(int limit) => 0.7 / Math.Min(limit, 7);

    [Fact]
    public async Task Lowest_limit_with_nine_tenths_of_the_best_goodput_is_the_one_to_use()
    {
        await using var web = await SweptAsync();
        var client = new Client();

        Assert.Equal(0, await client.RunAsync(web, "sweep"));
        Assert.Equal([1, 2, 5, 10, 20], web.Bodies.Select(body => JsonSerializer.Deserialize<ComparisonSettings>(body, FlagCloudJson.Options)!.Concurrency));
        Assert.All(web.Bodies, body => Assert.Contains("\"strategies\":[\"async\"]", body));
        Assert.Contains("Use 10: the lowest limit at which async reaches nine tenths of the best goodput (200 of 200 flags/s, at 10).", client.Lines);
        Assert.Contains(client.Lines, line => line.StartsWith("> 10") && line.Contains("0.100-0.100") && line.Contains("████████████████████"));
        Assert.Contains("Made of 5 comparisons, one after the other: what changed on the machine in between looks as if the limit had done it.", client.Lines);
        Assert.Contains(client.ErrorLines, line => line.StartsWith("[2/5] limit 2: "));
    }

    [Fact]
    public async Task Limits_and_strategy_are_the_users_and_few_rounds_are_said()
    {
        await using var web = await SweptAsync(rounds: 1);
        var client = new Client();

        Assert.Equal(0, await client.RunAsync(web, "sweep", "--limits", "4,2", "--strategy", "threaded", "-q"));
        Assert.Equal(2, web.Bodies.Count);
        Assert.All(web.Bodies, body => Assert.Contains("\"strategies\":[\"threaded\"]", body));
        Assert.Contains("Use 4: the lowest limit at which threaded reaches", client.Output);
        Assert.Contains("It is the highest that was tried", client.Output);
        Assert.Contains("Fewer than 6 rounds have no interval", client.Output);
    }

    [Fact]
    public async Task Json_has_the_curve()
    {
        await using var web = await SweptAsync();
        var client = new Client();

        Assert.Equal(0, await client.RunAsync(web, "sweep", "-o", "json"));
        var sweep = JsonNode.Parse(client.Output)!;
        Assert.Equal(10, (int)sweep["use"]!["limit"]!);
        Assert.Equal([1, 2, 5, 10, 20], sweep["points"]!.AsArray().Select(point => (int)point!["limit"]!));
    }

    [Fact]
    public async Task Interrupted_it_cancels_and_reports_what_it_has()
    {
        await using var web = await SweptAsync();
        using var stop = new CancellationTokenSource();
        web.OnStream(events => events.SendAsync("comparison", web.Record));
        web.OnStream(async events =>
        {
            web.Record = web.Record with { Status = ComparisonStatus.Cancelled, Runs = [], Summary = [] };
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, events.Gone);
        });
        var client = new Client();

        Assert.Equal(130, await client.RunAsync(["sweep", "--url", web.Url], stop.Token));
        Assert.True(web.Cancelled.IsCompleted);
        Assert.Contains("Made of 1 comparison", client.Output);
    }

    static async Task<StandInWeb> SweptAsync(int rounds = 6)
    {
        var web = await StandInWeb.StartAsync();
        web.Becomes = body =>
        {
            var settings = JsonSerializer.Deserialize<ComparisonSettings>(body, FlagCloudJson.Options)!;
            var seconds = Enumerable.Repeat(Seconds(settings.Concurrency), rounds).ToArray();
            return Samples.Measured($"20260102-030405-000-{settings.Concurrency:x4}", settings.Strategies[0], seconds) with { Settings = settings };
        };
        return web;
    }
}
