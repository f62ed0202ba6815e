using FlagCloud.Contracts;
using FlagCloud.Tests.Hosting;

namespace FlagCloud.Tests.Comparisons;

public sealed class LongRunTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Run_outlives_every_response_timeout()
    {
        // One run of 6 flags, 2 s each, one after the other, takes more than twice what a call may.
        await using var host = await SiloHost.Start(azurite, new Dictionary<string, string?> { ["Orleans:Messaging:ResponseTimeout"] = "00:00:05" });
        var comparison = await host.Run(new { countries = "all", limit = 6, profile = "slow", warmup = false, strategies = new[] { "sequential" } });

        Assert.Equal(ComparisonStatus.Completed, comparison.Status);
        var run = Assert.Single(comparison.Runs);
        Assert.True(run.ElapsedSeconds > 11, $"{run.ElapsedSeconds} s");
        Assert.Equal(6, run.Ok);
    }
}
