using System.Net;
using System.Net.Http.Json;
using FlagCloud.Contracts;
using FlagCloud.Tests.Cluster;

namespace FlagCloud.Tests.Deploy;

public sealed class ComposeDeploymentTests(ComposeDeployment stack) : DeploymentTests<ComposeDeployment>(stack)
{
    [Fact]
    public async Task Who_has_the_address_but_no_key_reads_and_starts_nothing()
    {
        using var stranger = Stack.Api(key: null);
        using var guesser = Stack.Api(key: "a-guess-of-some-length");
        var before = await stranger.GetStringAsync("/api/comparisons");
        foreach (var (client, path) in new[] { (stranger, "/api/comparisons"), (guesser, "/api/comparisons"), (stranger, "/api/questions/1"), (guesser, "/api/questions/1") })
        {
            using var refused = await client.PostAsJsonAsync(path, new { });
            Assert.Equal((HttpStatusCode.Unauthorized, "application/problem+json"), (refused.StatusCode, refused.Content.Headers.ContentType?.MediaType));
        }
        using (var refused = await guesser.DeleteAsync("/api/comparisons/20250101-000000-000000")) Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal(before, await stranger.GetStringAsync("/api/comparisons"));
        foreach (var hidden in new[] { "/orleans", "/scalar", "/scalar/v1" })
        {
            using var answer = await stranger.GetAsync(hidden);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
        // Nothing but web is published: silos, origin, storage have no port of the machine.
        Assert.Equal(1, (await Stack.Published()).Split('\n').Count(ports => ports.Length > 0));
    }

    [Fact]
    public async Task Storage_that_is_restarted_in_mid_run_costs_no_download()
    {
        await using var midway = await Stack.Midway();
        await Stack.RestartStorage();
        await midway.Whole();
    }
}

public sealed class KubernetesDeploymentTests(KubernetesDeployment stack) : DeploymentTests<KubernetesDeployment>(stack)
{
    [Fact]
    public async Task Upgrade_of_every_silo_in_mid_run_costs_no_download()
    {
        const int Rounds = 3;
        var comparison = await Stack.Start(Rounds);
        await Stack.Poll().Until(comparison.Id, "its start", candidate => candidate.Status is ComparisonStatus.Running);
        foreach (var silo in ContainerDeployment.Silos)
        {
            await Stack.Upgrade(silo);
            await Stack.Ready(silo);
        }
        comparison = await Stack.Poll().Until(comparison.Id, "its end", candidate => candidate.Ended);
        using var api = Stack.Api();
        await Account.Balances(comparison, Rounds, api);
    }
}

/// <summary>What must hold for either stack.</summary>
public abstract class DeploymentTests<T>(T stack) : IClassFixture<T>, IAsyncLifetime where T : ContainerDeployment
{
    protected T Stack => stack;

    // Whatever the test before this one did to it.
    public async ValueTask InitializeAsync()
    {
        await stack.Started;
        await stack.Ready();
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Comparison_comes_to_its_verdict()
    {
        // Six rounds are the fewest that give one; five flags make them short.
        var printed = await stack.Client("compare", "--limit", "5", "--rounds", "6");
        Assert.Contains("as fast as sequential", printed, StringComparison.Ordinal);
        using var api = stack.Api();
        var newest = (await api.GetFromJsonAsync<Comparison[]>("/api/comparisons?limit=1", FlagCloudJson.Options))!.Single();
        Assert.Equal(ComparisonStatus.Completed, newest.Status);
        Assert.All(newest.Runs, run => Assert.Equal(run.Requested, run.Ok));
    }

    [Fact]
    public async Task Nothing_runs_as_root_or_writes_outside_its_volumes() => Assert.All(
        await Task.WhenAll(new[] { "azurite", "origin", "silo-1", "silo-2", "silo-3", "web" }.Select(stack.Confinement)), confinement => Assert.Equal("1654 true [] [no-new-privileges]", confinement));

    [Fact]
    public async Task Silo_that_crashes_in_mid_run_costs_no_download()
    {
        await using var midway = await stack.Midway();
        await stack.Crash("silo-2");
        await midway.Whole();
    }
}
