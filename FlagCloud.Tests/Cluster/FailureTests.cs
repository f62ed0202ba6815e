using System.Net.Http.Json;
using System.Security.Cryptography;
using FlagCloud.Contracts;

namespace FlagCloud.Tests.Cluster;

/// <summary>Whatever is lost in mid-run: the comparison ends, every flag has exactly one outcome, and the record says what happened.</summary>
public sealed class FailureTests
{
    // 271 flags, 2 s each, 60 at once: 10 s, long enough for everything that happens here to happen in the middle.
    static readonly object Request = new { countries = "all", profile = "slow", concurrency = 60, warmup = false, rounds = 2, strategies = new[] { "async" } };

    [Fact]
    public async Task Killed_worker_costs_only_the_downloads_that_it_held()
    {
        await using var cluster = await ClusterRun.Start();
        var id = await Midway(cluster);
        var worker = await Other(cluster, id);
        await cluster.Kill(worker);

        var comparison = await Whole(cluster, id);
        Assert.True(comparison.Runs[0].Interrupted);
        Assert.False(comparison.Runs[1].Interrupted);
        Assert.Equal(1, Assert.Single(comparison.Summary).Rounds);
    }

    [Fact]
    public async Task Killed_controller_is_resumed_elsewhere()
    {
        await using var cluster = await ClusterRun.Start();
        var id = await Midway(cluster);
        var controller = (await cluster.Until(id, "its controller", c => c.Controller is not null)).Controller!;
        await cluster.Kill(cluster.ResourceOf(controller));

        var comparison = await Whole(cluster, id);
        Assert.NotEqual(controller, comparison.Controller);
        Assert.NotEmpty(comparison.Interruptions!);
        Assert.True(comparison.Runs[0].Interrupted);
    }

    [Fact]
    public async Task Controller_that_is_asked_to_end_hands_over()
    {
        await using var cluster = await ClusterRun.Start();
        var id = await Midway(cluster);
        var controller = (await cluster.Until(id, "its controller", c => c.Controller is not null)).Controller!;
        await cluster.Terminate(cluster.ResourceOf(controller));

        var comparison = await Whole(cluster, id);
        Assert.NotEqual(controller, comparison.Controller);
    }

    [Fact]
    public async Task Frozen_controller_cannot_spoil_what_its_successor_writes()
    {
        await using var cluster = await ClusterRun.Start();
        var id = await Midway(cluster);
        var frozen = cluster.ResourceOf((await cluster.Until(id, "its controller", c => c.Controller is not null)).Controller!);
        cluster.Signal(frozen, "STOP");
        await Task.Delay(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken); // The pause is what is tested.
        cluster.Signal(frozen, "CONT");

        await Whole(cluster, id);
    }

    [Theory]
    [InlineData("redis")]
    [InlineData("azurite")]
    public async Task Restarted_service_loses_nothing(string service)
    {
        await using var cluster = await ClusterRun.Start();
        var id = await Midway(cluster);
        await cluster.Restart(service);
        await cluster.Ready(service);

        await Whole(cluster, id);
    }

    [Fact]
    public async Task Comparison_outlives_the_end_of_all_silos()
    {
        await using var cluster = await ClusterRun.Start();
        var id = await Midway(cluster);
        foreach (var silo in cluster.Silos) await cluster.Kill(silo);
        foreach (var silo in cluster.Silos) await cluster.Begin(silo);
        await cluster.Ready(cluster.Silos);

        var comparison = await Whole(cluster, id);
        Assert.Single(comparison.Interruptions!);
    }

    static async Task<string> Midway(ClusterRun cluster)
    {
        using var api = cluster.Api("silo");
        using var response = await api.PostAsJsonAsync("/api/comparisons", Request, FlagCloudJson.Options);
        var id = (await response.Content.ReadFromJsonAsync<Comparison>(FlagCloudJson.Options))!.Id;
        await cluster.Until(id, "its start", comparison => comparison.Status is ComparisonStatus.Running);
        // Downloads are written down once a second; the first ones have ended after two.
        await Task.Delay(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
        return id;
    }

    static async Task<string> Other(ClusterRun cluster, string id)
    {
        var controller = cluster.ResourceOf((await cluster.Until(id, "its controller", c => c.Controller is not null)).Controller!);
        return cluster.Silos.First(silo => silo != controller);
    }

    static async Task<Comparison> Whole(ClusterRun cluster, string id)
    {
        var comparison = await cluster.Until(id, "its end", candidate => candidate.Ended);
        Assert.Equal((ComparisonStatus.Completed, null), (comparison.Status, comparison.Reason));
        Assert.Equal(2, comparison.Runs.Count);
        Assert.All(comparison.Runs, run => Assert.Equal((271, 271), (run.Requested, run.Ok)));

        using var api = cluster.Api(cluster.ResourceOf(comparison.Controller!));
        var downloads = (await api.GetFromJsonAsync<Download[]>($"/api/comparisons/{id}/downloads", FlagCloudJson.Options))!;
        Assert.Equal(2 * 271, downloads.Length);
        Assert.All(downloads.GroupBy(download => (download.Round, download.Country)), same => Assert.Single(same));

        var stored = (await api.GetFromJsonAsync<StoredFlag[]>("/api/flags", FlagCloudJson.Options))!;
        Assert.Equal(271, stored.Length);
        foreach (var flag in stored)
            Assert.Equal(flag.Sha256, Convert.ToHexStringLower(SHA256.HashData(await api.GetByteArrayAsync($"/flags/{flag.Country}.svg"))));
        return comparison;
    }
}
