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
}
