using System.Diagnostics.Metrics;
using FlagCloud.Contracts;
using FlagCloud.Tests.Hosting;

namespace FlagCloud.Tests.Comparisons;

/// <summary>What a run says that it used, held against what is known of it.</summary>
public sealed class UseTests(AzuriteFixture azurite, SiloFixture fixture) : IClassFixture<SiloFixture>
{
    [Fact]
    public async Task Each_strategy_uses_the_threads_that_it_is_made_of()
    {
        var host = await fixture.Host(azurite);
        var comparison = await host.Run(new { profile = "web", concurrency = 10, warmup = false });
        ResourceUse Use(string strategy) => comparison.Runs.Single(run => run.Strategy == strategy).Use!;

        Assert.Equal((1, 0, 0.0), (Use("sequential").CallersAtOnce, Use("sequential").OwnThreads, Use("sequential").BlockedSeconds));
        Assert.Equal((1, 0, 0.0), (Use("async").CallersAtOnce, Use("async").OwnThreads, Use("async").BlockedSeconds));
        Assert.Equal((10, 10), (Use("threaded").OwnThreads, Use("threaded").BlockedAtOnce));
        Assert.Equal((0, 0), (Use("sequential").BlockedAtOnce, Use("async").BlockedAtOnce));
        // Each download blocks its thread from its start to its end.
        var waited = (await host.Downloads(comparison.Id)).Where(download => download.Strategy == "threaded").Sum(download => download.EndedSeconds - download.StartedSeconds);
        Assert.InRange(Use("threaded").BlockedSeconds, 0.8 * waited, 1.05 * waited);
        Assert.All(comparison.Runs, run => Assert.InRange(run.Use!.PoolThreadsPeak, 1, 1000));
        Assert.All(comparison.Runs, run => Assert.InRange(run.Use!.TurnLagSeconds, 0, run.ElapsedSeconds));
    }

    [Fact]
    public async Task Rounds_go_on_until_the_intervals_are_narrow_enough()
    {
        var host = await fixture.Host(azurite);
        var enough = await host.Run(new { countries = new[] { "br" }, profile = "slow", ciWidth = 1, maxRounds = 9, strategies = new[] { "async" } });
        var never = await host.Run(new { countries = new[] { "br" }, profile = "local", ciWidth = 0.005, maxRounds = 7, warmup = false, strategies = new[] { "async" } });

        Assert.Equal(7, enough.Runs.Count); // The warm-up and the fewest rounds that an interval takes.
        Assert.Equal((6, 9, true), (enough.Precision!.Rounds, enough.Precision.MaxRounds, enough.Precision.Enough));
        Assert.InRange(enough.Precision.Reached!.Value, 0, 1);
        Assert.Equal((7, 7, 0.005), (never.Precision!.Rounds, never.Precision.MaxRounds, never.Precision.Wanted));
        Assert.Equal(never.Precision.Reached <= 0.005, never.Precision.Enough);
        Assert.Equal(7, never.Runs.Count);
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 20)]
    public async Task Client_of_its_own_closes_a_connection_after_each_request(bool connectionReuse, int expected)
    {
        await using var host = await SiloHost.Start(azurite);
        var closed = 0;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name is "System.Net.Http" && instrument.Name is "http.client.connection.duration") self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((_, _, tags, _) =>
        {
            foreach (var tag in tags)
                if (tag is { Key: "server.port", Value: int port } && port == host.Origin.BaseAddress.Port) Interlocked.Increment(ref closed);
        });
        listener.Start();
        var comparison = await host.Run(new { limit = 20, profile = "local", warmup = false, strategies = new[] { "sequential" }, connectionReuse });

        Assert.Equal((20, expected), (comparison.Runs[0].Ok, closed));
    }

    [Fact]
    public async Task Short_timeout_and_no_retries_fail_the_slow_ones_after_that_time()
    {
        var host = await fixture.Host(azurite);
        var comparison = await host.Run(new { countries = new[] { "br", "cn" }, profile = "slow", warmup = false, strategies = new[] { "async" }, attemptTimeoutSeconds = 0.5, retries = 0 });

        var run = Assert.Single(comparison.Runs);
        Assert.Equal((2, 2), (run.Errors, run.Attempts));
        Assert.InRange(run.ElapsedSeconds, 0.48, 1.9);
        Assert.All(await host.Downloads(comparison.Id), download => Assert.Equal("the origin took longer than 0.5 s", download.Reason));
    }
}
