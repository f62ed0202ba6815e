namespace FlagCloud.Tests.Cluster;

/// <summary>Whatever is lost in mid-run: the comparison ends, every flag has exactly one outcome, and the record says what happened.</summary>
public sealed class FailureTests(ClusterRun cluster) : IClassFixture<ClusterRun>
{
    [Fact]
    public async Task Killed_worker_costs_only_the_downloads_that_it_held()
    {
        await using var midway = await cluster.Midway();
        var controller = await midway.Controller();
        await cluster.Kill(ClusterRun.Silos.First(silo => silo != controller));

        var comparison = await midway.Whole();
        Assert.True(comparison.Runs[0].Interrupted);
        Assert.False(comparison.Runs[1].Interrupted);
        Assert.Equal(1, Assert.Single(comparison.Summary).Rounds);
    }

    [Fact]
    public async Task Killed_controller_is_resumed_elsewhere()
    {
        await using var midway = await cluster.Midway();
        var controller = await midway.Controller();
        await cluster.Kill(controller);

        var comparison = await midway.Whole();
        Assert.NotEqual(controller, comparison.Controller);
        Assert.NotEmpty(comparison.Interruptions!);
        Assert.True(comparison.Runs[0].Interrupted);
    }

    [Fact]
    public async Task Controller_that_is_asked_to_end_hands_over()
    {
        await using var midway = await cluster.Midway();
        var controller = await midway.Controller();
        await cluster.Terminate(controller);

        var comparison = await midway.Whole();
        Assert.NotEqual(controller, comparison.Controller);
    }

    [Fact]
    public async Task Frozen_controller_cannot_spoil_what_its_successor_writes()
    {
        await using var midway = await cluster.Midway();
        var frozen = await midway.Controller();
        await cluster.Signal(frozen, "STOP");
        await Task.Delay(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken); // The pause is what is tested.
        await cluster.Signal(frozen, "CONT");

        await midway.Whole();
    }

    [Fact]
    public async Task Restarted_storage_loses_nothing()
    {
        await using var midway = await cluster.Midway();
        await cluster.Terminate("azurite");
        await cluster.Begin("azurite");

        await midway.Whole();
    }

    [Fact]
    public async Task Comparison_outlives_the_end_of_all_silos()
    {
        await using var midway = await cluster.Midway();
        await Task.WhenAll(ClusterRun.Silos.Select(cluster.Kill));
        await Task.WhenAll(ClusterRun.Silos.Select(cluster.Begin));

        var comparison = await midway.Whole();
        Assert.Single(comparison.Interruptions!);
    }
}
