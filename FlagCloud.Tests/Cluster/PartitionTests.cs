using System.Net.Http.Json;
using FlagCloud.Contracts;

namespace FlagCloud.Tests.Cluster;

/// <summary>One of three silos, each in a network namespace of its own, loses the network in mid-run and gets it back.</summary>
public sealed class PartitionTests(ComposeNetwork cluster) : IClassFixture<ComposeNetwork>
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Silo_that_was_cut_off_costs_no_download_and_joins_again(bool controller)
    {
        await cluster.Started;
        await using var midway = await cluster.Midway();
        var running = await midway.Controller();
        var lost = controller ? running : cluster.Worker(running);
        await cluster.CutOff(lost);
        await Task.Delay(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken); // The silence is what is tested.
        await cluster.Rejoin(lost);
        await cluster.Restarted(lost);

        var comparison = await midway.Whole();
        // Whichever silo was lost: with a worker the controller's entry in the grain directory may go, and then it, too, goes on where it can.
        Assert.NotEqual(lost, comparison.Controller);
        if (controller) Assert.NotEmpty(comparison.Interruptions!);
        Assert.True(comparison.Runs[0].Interrupted);
        await NamesAllThree();
    }

    async Task NamesAllThree()
    {
        using var api = cluster.Api();
        using var response = await api.PostAsJsonAsync("/api/comparisons", new { countries = "top20", profile = "local", rounds = 1 }, FlagCloudJson.Options);
        var next = (await response.Content.ReadFromJsonAsync<Comparison>(FlagCloudJson.Options))!;
        Assert.Equal(ComposeNetwork.Silos, next.Environment.Silos.Order());
        Assert.Equal(ComparisonStatus.Completed, (await new ComparisonPoll(cluster.Web).Until(next.Id, "its end", comparison => comparison.Ended)).Status);
    }
}
