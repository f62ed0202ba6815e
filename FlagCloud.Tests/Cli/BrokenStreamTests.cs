namespace FlagCloud.Tests.Cli;

public sealed class BrokenStreamTests
{
    [Fact]
    public async Task Stream_that_breaks_is_taken_up_again()
    {
        await using var web = await StandInWeb.StartAsync();
        var final = web.Record;
        web.Record = Samples.Running with { Runs = [Samples.WarmUp] };
        web.OnStream(async events =>
        {
            await events.SendAsync("comparison", Samples.Running);
            await events.SendTextAsync("event: run\ndata: {\"strat");
            events.Break();
        });
        web.OnStream(async events =>
        {
            await events.SendAsync("run", Samples.WarmUp);
            await events.SendAsync("run", Samples.Sequential);
            await events.SendAsync("comparison", final);
        });
        var client = new Client();

        Assert.Equal(0, await client.RunAsync(web, "compare"));
        Assert.Single(client.ErrorLines, line => line.Contains("sequential, warm-up: 20 ok"));
        Assert.Single(client.Lines, line => line.StartsWith("machine"));
        Assert.Equal(2, web.Requests.Count(request => request.EndsWith("/events")));
    }

    [Fact]
    public async Task Record_is_read_where_there_is_no_stream()
    {
        await using var web = await StandInWeb.StartAsync();
        web.GetFailures = 2;
        web.OnStream(events =>
        {
            events.Break();
            return Task.CompletedTask;
        });
        var client = new Client();

        Assert.Equal(0, await client.RunAsync(web, "compare"));
        Assert.Equal(3, web.Requests.Count(request => request == "GET /api/comparisons/20260102-030405-000-c0fe"));
    }

    [Fact]
    public async Task Silent_stream_does_not_hide_the_end()
    {
        await using var web = await StandInWeb.StartAsync();
        web.OnStream(async events =>
        {
            await events.SendAsync("comparison", Samples.Running);
            await Task.Delay(Timeout.Infinite, events.Gone);
        });
        var client = new Client { Patience = new() { SilentStream = TimeSpan.FromMilliseconds(200) } };

        Assert.Equal(0, await client.RunAsync(web, "compare"));
        Assert.Contains("status    completed", client.Lines);
    }

    [Fact]
    public async Task Silo_that_stays_away_is_said_after_a_few_tries()
    {
        await using var web = await StandInWeb.StartAsync();
        web.GetFailures = int.MaxValue;
        web.OnStream(events =>
        {
            events.Break();
            return Task.CompletedTask;
        });
        var client = new Client();

        Assert.Equal(3, await client.RunAsync(web, "compare"));
        Assert.Contains($"lost the server while {web.Url}/api/comparisons/20260102-030405-000-c0fe was under way", Assert.Single(client.Error.TrimEnd().Split('\n')));
        Assert.Equal(3, web.Requests.Count(request => request == "GET /api/comparisons/20260102-030405-000-c0fe"));
    }
}
