namespace FlagCloud.Tests.Cluster;

/// <summary>Whatever is lost in mid-run: the comparison ends, every flag has exactly one outcome, and the record says what happened.</summary>
public sealed class FailureTests
{
    [Fact]
    public async Task Killed_worker_costs_only_the_downloads_that_it_held()
    {
        await using var cluster = await ClusterRun.Start();
        await using var midway = await cluster.Midway();
        var controller = cluster.ResourceOf(await midway.Controller());
        await cluster.Kill(cluster.Silos.First(silo => silo != controller));

        var comparison = await midway.Whole(cluster.AddressOf);
        Assert.True(comparison.Runs[0].Interrupted);
        Assert.False(comparison.Runs[1].Interrupted);
        Assert.Equal(1, Assert.Single(comparison.Summary).Rounds);
    }

    [Fact]
    public async Task Killed_controller_is_resumed_elsewhere()
    {
        await using var cluster = await ClusterRun.Start();
        await using var midway = await cluster.Midway();
        var controller = await midway.Controller();
        await cluster.Kill(cluster.ResourceOf(controller));

        var comparison = await midway.Whole(cluster.AddressOf);
        Assert.NotEqual(controller, comparison.Controller);
        Assert.NotEmpty(comparison.Interruptions!);
        Assert.True(comparison.Runs[0].Interrupted);
    }

    [Fact]
    public async Task Controller_that_is_asked_to_end_hands_over()
    {
        await using var cluster = await ClusterRun.Start();
        await using var midway = await cluster.Midway();
        var controller = await midway.Controller();
        await cluster.Terminate(cluster.ResourceOf(controller));

        var comparison = await midway.Whole(cluster.AddressOf);
        Assert.NotEqual(controller, comparison.Controller);
    }

    [Fact]
    public async Task Frozen_controller_cannot_spoil_what_its_successor_writes()
    {
        await using var cluster = await ClusterRun.Start();
        await using var midway = await cluster.Midway();
        var frozen = cluster.ResourceOf(await midway.Controller());
        cluster.Signal(frozen, "STOP");
        await Task.Delay(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken); // The pause is what is tested.
        cluster.Signal(frozen, "CONT");

        await midway.Whole(cluster.AddressOf);
    }

    [Theory]
    [InlineData("redis")]
    [InlineData("azurite")]
    public async Task Restarted_service_loses_nothing(string service)
    {
        await using var cluster = await ClusterRun.Start();
        await using var midway = await cluster.Midway();
        await cluster.Restart(service);
        await cluster.Ready(service);

        await midway.Whole(cluster.AddressOf);
    }

    [Fact]
    public async Task Comparison_outlives_the_end_of_all_silos()
    {
        await using var cluster = await ClusterRun.Start();
        await using var midway = await cluster.Midway();
        foreach (var silo in cluster.Silos) await cluster.Kill(silo);
        foreach (var silo in cluster.Silos) await cluster.Begin(silo);
        await cluster.Ready(cluster.Silos);

        var comparison = await midway.Whole(cluster.AddressOf);
        Assert.Single(comparison.Interruptions!);
    }
}
