using FlagCloud.Contracts;
using FlagCloud.Origin.Profiles;
using FlagCloud.Tests.Faults;
using FlagCloud.Tests.Hosting;

namespace FlagCloud.Tests.Comparisons;

/// <summary>What the origin's faults make of a run: every outcome is computed from the seeded draws, none is left to chance.</summary>
public sealed class FaultTests(AzuriteFixture azurite)
{
    const int Seed = 3, Round = 1;

    [Theory]
    [InlineData("flaky")]
    [InlineData("reset")]
    [InlineData("truncate")]
    [InlineData("corrupt")]
    public async Task Fault_that_may_pass_is_retried_as_often_as_it_is_drawn(string profile)
    {
        await using var host = await SiloHost.Start(azurite, new Dictionary<string, string?> { ["Flags:Retries"] = "2" });
        var comparison = await Run(host, profile);

        foreach (var download in await host.Downloads(comparison.Id))
        {
            // Faults 1, 2, … until the first attempt without one; three attempts at most.
            var faults = Enumerable.Range(1, 3).TakeWhile(attempt => FaultOf(profile, download.Country, attempt) is not Fault.None).Count();
            Assert.Equal((download.Country, faults < 3 ? Outcome.Ok : Outcome.Error), (download.Country, download.Outcome));
            Assert.Equal((download.Country, Math.Min(faults + 1, 3)), (download.Country, download.Attempts));
        }
        Assert.Contains(await host.Downloads(comparison.Id), download => download.Attempts > 1);
        Assert.Equal((await host.Origin.StatisticsAsync()).Requests, comparison.Runs.Sum(run => run.Attempts));
        await FaultTable.Holds(host, comparison);
    }

    [Fact]
    public async Task Flag_that_is_not_done_within_its_deadline_is_an_error()
    {
        await using var host = await SiloHost.Start(azurite, new Dictionary<string, string?> { ["Flags:Deadline"] = "00:00:00.5" });
        var comparison = await host.Run(new { countries = new[] { "br" }, profile = "slow", warmup = false, strategies = new[] { "async" } });

        var download = Assert.Single(await host.Downloads(comparison.Id));
        Assert.Equal((Outcome.Error, "not done within the deadline of 0.5 s"), (download.Outcome, download.Reason));
        Assert.Equal(ComparisonStatus.Completed, comparison.Status);
    }

    [Fact]
    public async Task Throttling_is_waited_out_as_Retry_After_asks()
    {
        await using var host = await SiloHost.Start(azurite, new Dictionary<string, string?> { ["Flags:Retries"] = "8" });
        var comparison = await host.Run(new { profile = "throttle", concurrency = 20, warmup = false, strategies = new[] { "async" } });

        var run = Assert.Single(comparison.Runs);
        Assert.Equal(20, run.Ok);
        Assert.True(run.Attempts > 20, $"{run.Attempts} attempts");
        Assert.True(run.ElapsedSeconds >= 1, $"{run.ElapsedSeconds} s, though Retry-After says 1");
    }

    [Fact]
    public async Task Error_profile_ends_as_drawn_for_every_strategy_alike()
    {
        await using var host = await SiloHost.Start(azurite);
        var comparison = await host.Run(new { countries = "all", limit = 100, profile = "error", concurrency = 100, warmup = false, seed = Seed, strategies = new[] { "threaded", "async" } });
        var downloads = await FaultTable.Holds(host, comparison);

        foreach (var download in downloads)
            Assert.Equal((download.Country, FaultOf("error", download.Country, 1) is Fault.Teapot ? Outcome.Error : Outcome.Ok), (download.Country, download.Outcome));
        Assert.All(downloads.Where(download => download.Outcome is Outcome.Error), download => Assert.Contains("418", download.Reason, StringComparison.Ordinal));
        // The same luck for both: what the origin says it applied differs by no more than its timer's reach.
        foreach (var pair in downloads.GroupBy(download => download.Country))
            Assert.All(pair, download => Assert.True(download.DelaySeconds >= Draws.Of(Profile.All["error"], Seed + Round, download.Country, 1).Delay.TotalSeconds));
    }

    static Task<Comparison> Run(SiloHost host, string profile) =>
        host.Run(new { countries = "all", limit = 60, profile, concurrency = 30, warmup = false, seed = Seed, strategies = new[] { "async" } });

    static Fault FaultOf(string profile, string country, int attempt) => Draws.Of(Profile.All[profile], Seed + Round, country, attempt).Fault;
}
