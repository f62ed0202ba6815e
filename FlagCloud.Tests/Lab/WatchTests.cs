using FlagCloud.Contracts;
using FlagCloud.Web.Live;
using FlagCloud.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace FlagCloud.Tests.Lab;

/// <summary>What all viewers of one process share.</summary>
public sealed class WatchTests(AzuriteFixture azurite, SiloFixture fixture) : IClassFixture<SiloFixture>
{
    static readonly object Slow = new { countries = "top20", profile = "delay", strategies = new[] { "sequential" }, warmup = false };

    [Fact]
    public async Task Viewers_of_a_comparison_share_one_watch_until_the_last_one_leaves()
    {
        var host = await fixture.Host(azurite);
        var watches = host.WebServices.GetRequiredService<Watches>();
        var comparison = await host.Start(Slow);

        var first = watches.Join(comparison);
        Assert.Same(first, watches.Join(comparison));
        watches.Leave(first);
        Assert.Same(first, watches.Join(comparison));
        watches.Leave(first);
        watches.Leave(first);
        var next = watches.Join(comparison);
        Assert.NotSame(first, next);
        watches.Leave(next);
    }

    [Fact]
    public async Task Watch_that_is_joined_late_shows_what_ended_before()
    {
        var host = await fixture.Host(azurite);
        var watches = host.WebServices.GetRequiredService<Watches>();
        var comparison = await host.Run(new { countries = "top20", profile = "local", strategies = new[] { "threaded", "async" }, rounds = 2 });

        var watch = watches.Join(comparison);
        await Eventually.True("the downloads of the last runs", () => watch.View.Lanes.All(lane => lane is { Stored: 20, Round: 2, IsRunning: false }));
        Assert.Equal(comparison.Runs.Where(run => run.Round == 2).OrderBy(run => run.Strategy).Select(run => run.ElapsedSeconds),
            watch.View.Lanes.OrderBy(lane => lane.Name).Select(lane => lane.Clock));
        watches.Leave(watch);
    }
}
