using FlagCloud.Contracts;
using FlagCloud.Tests.Hosting;

namespace FlagCloud.Tests.Comparisons;

public sealed class LongRunTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Run_of_more_than_a_minute_outlives_every_response_timeout()
    {
        // Orleans gives a call 30 s. One run of 32 flags, 2 s each, one after the other, takes more than twice that.
        await using var host = await SiloHost.Start(azurite);
        var comparison = await host.Run(new { countries = "all", limit = 32, profile = "slow", warmup = false, strategies = new[] { "sequential" } });

        Assert.Equal(ComparisonStatus.Completed, comparison.Status);
        var run = Assert.Single(comparison.Runs);
        Assert.True(run.ElapsedSeconds > 60, $"{run.ElapsedSeconds} s");
        Assert.Equal(32, run.Ok);
    }

    [Fact]
    public async Task Comparison_whose_silo_went_away_is_reported_as_failed_with_what_was_measured()
    {
        var connectionString = await azurite.NextConnectionString();
        string id;
        await using (var host = await SiloHost.Start(azurite, connectionString: connectionString))
        {
            id = (await host.Start(new { profile = "web", countries = new[] { "br", "cn" }, warmup = false, rounds = 500, strategies = new[] { "async" } })).Id;
            await foreach (var item in host.Events(id))
                if (item.Run is not null) break;
        }
        await using var next = await SiloHost.Start(azurite, connectionString: connectionString);
        var comparison = await next.End(id);

        Assert.Equal(ComparisonStatus.Failed, comparison.Status);
        Assert.Contains("stopped before it ended", comparison.Reason, StringComparison.Ordinal);
        Assert.InRange(comparison.Runs.Count, 1, 499);
        Assert.Equal(ComparisonStatus.Completed, (await next.Run(new { profile = "local", countries = new[] { "br" }, warmup = false })).Status);
    }
}
