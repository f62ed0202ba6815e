using FlagCloud.Contracts;
using FlagCloud.Tests.Hosting;

namespace FlagCloud.Tests.Comparisons;

public sealed class FutureTests(SiloFixture fixture, AzuriteFixture azurite)
{
    static readonly string[] Five = ["br", "cn", "in", "us", "id"];

    [Theory]
    [InlineData("sequential", 1)]
    [InlineData("threaded", 3)]
    [InlineData("async", 3)]
    public async Task With_a_limit_of_3_and_5_flags_two_are_pending_at_the_start(string strategy, int running)
    {
        var host = await fixture.Host(azurite);
        var started = await host.Start(new { countries = Five, profile = "slow", concurrency = 3, warmup = false, strategies = new[] { strategy } });
        ComparisonProgress? live = null;
        await foreach (var item in host.Events(started.Id))
            if (item.Progress is { Finished: 0, InFlight: > 0 } progress && (live = progress).InFlight == running) break;
        var downloads = await host.Downloads((await host.End(started.Id)).Id);

        Assert.Equal(5 - running, live!.Pending);
        Assert.Equal(Five[..running], live.Running);
        // The record says the same: so many had not begun when the first one ended.
        Assert.Equal(5 - running, downloads.Count(download => download.StartedSeconds > downloads.Min(one => one.EndedSeconds)));
    }

    [Fact]
    public async Task Every_future_ends_in_the_state_that_its_outcome_says()
    {
        var host = await fixture.Host(azurite);
        var comparison = await host.Run(new { countries = "every", limit = 30, profile = "wrongtype", warmup = false, strategies = new[] { "async" } });
        var downloads = await host.Downloads(comparison.Id);

        Assert.Equal(3, downloads.Select(download => download.Outcome).Distinct().Count());
        Assert.All(downloads, download => Assert.Equal(download.Outcome is Outcome.Error ? FutureState.Failed : FutureState.Finished, download.State));
        Assert.All(downloads, download => Assert.True(download.StartedSeconds <= download.EndedSeconds));
        Assert.Equal(downloads.Select(download => download.EndedSeconds).Order(), downloads.Select(download => download.EndedSeconds));
    }

    [Fact]
    public async Task Cancelled_futures_are_cancelled_and_the_others_finished()
    {
        var host = await fixture.Host(azurite);
        var started = await host.Start(new { profile = "slow", concurrency = 4, warmup = false, strategies = new[] { "threaded" } });
        await foreach (var item in host.Events(started.Id))
            if (item.Progress is { Finished: > 0 }) break;
        await host.Client.DeleteAsync($"/api/comparisons/{started.Id}");
        var downloads = await host.Downloads((await host.End(started.Id)).Id);

        Assert.Equal([FutureState.Finished, FutureState.Cancelled], downloads.Select(download => download.State).Distinct().Order());
        Assert.Equal(20, downloads.Count);
    }

    [Fact]
    public async Task Sequential_results_come_in_the_order_of_submission()
    {
        var host = await fixture.Host(azurite);
        var comparison = await host.Run(new { countries = Five, profile = "local", warmup = false, strategies = new[] { "sequential" } });
        var order = Assert.Single(comparison.Runs).Order!;

        Assert.Equal(1, order.RankCorrelation);
        Assert.Equal((order.FirstSeconds, order.MiddleSeconds), (order.FirstInOrderSeconds, order.MiddleInOrderSeconds));
    }
}
