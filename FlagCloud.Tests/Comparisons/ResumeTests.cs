using FlagCloud.Contracts;
using FlagCloud.Tests.Hosting;

namespace FlagCloud.Tests.Comparisons;

public sealed class ResumeTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData("sequential", 5)]
    [InlineData("threaded", 8)]
    [InlineData("async", 8)]
    public async Task Comparison_goes_on_in_the_next_silo_and_counts_nothing_twice(string strategy, int flags)
    {
        var connectionString = await azurite.NextConnectionString();
        string id;
        IReadOnlyList<Download> before;
        await using (var host = await SiloHost.Start(azurite, connectionString: connectionString))
        {
            id = (await host.Start(new { profile = "slow", countries = "top20", limit = flags, concurrency = 2, warmup = false, rounds = 2, strategies = new[] { strategy } })).Id;
            // 2 s a flag: by the third download the first ones have been written down, which happens once a second.
            await foreach (var item in host.Events(id))
                if (item.Progress is { Finished: >= 3 }) break;
            before = await host.Downloads(id);
            await host.StopSilo();
        }
        await using var next = await SiloHost.Start(azurite, connectionString: connectionString);
        var comparison = await next.End(id);

        Assert.Equal(ComparisonStatus.Completed, comparison.Status);
        Assert.Single(comparison.Interruptions!);
        Assert.Equal([true, false], comparison.Runs.Select(run => run.Interrupted));
        Assert.DoesNotContain(await next.Downloads(id), download => download.Reason is not null);
        Assert.All(comparison.Runs, run => Assert.Equal((flags, flags), (run.Requested, run.Ok)));
        Assert.Equal(1, Assert.Single(comparison.Summary).Rounds);
        var downloads = await next.Downloads(id);
        Assert.NotEmpty(before);
        Assert.Equal(before, downloads.Take(before.Count));
        Assert.Equal(2 * flags, downloads.Count);
        Assert.All(downloads.GroupBy(download => (download.Round, download.Country)), same => Assert.Single(same));
    }

    [Fact]
    public async Task Queued_comparisons_are_resumed_in_order_by_a_silo_that_starts_though_nobody_asks_for_it()
    {
        var connectionString = await azurite.NextConnectionString();
        var ids = new List<string>();
        await using (var host = await SiloHost.Start(azurite, connectionString: connectionString))
        {
            for (var i = 0; i < 3; i++)
                ids.Add((await host.Start(new { profile = "slow", countries = new[] { "br" }, warmup = false, strategies = new[] { "async" } })).Id);
            await host.StopSilo();
        }
        await using var next = await SiloHost.Start(azurite, connectionString: connectionString);

        // The origin hears of them although no client has spoken to the new silo.
        await next.Origin.WaitForInFlightAsync(1, TimeSpan.FromSeconds(30));
        var ended = await Task.WhenAll(ids.Select(next.End));

        Assert.All(ended, comparison => Assert.Equal(ComparisonStatus.Completed, comparison.Status));
        Assert.Equal(ended.Select(comparison => comparison.EndedAt).Order(), ended.Select(comparison => comparison.EndedAt));
    }
}
