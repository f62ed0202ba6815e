using FlagCloud.Contracts;
using FlagCloud.Tests.Hosting;

namespace FlagCloud.Tests.Deploy;

/// <summary>
/// The environment of each manifest, read from its file, given to silos on this machine with a real Redis and a real Azurite. It shows that
/// the settings are complete and agree with each other and with the silo; what the platform makes of the rest of the file, it cannot show.
/// </summary>
public sealed class ManifestSmokeTests
{
    static readonly object Twenty = new { strategies = new[] { "async", "sequential" }, countries = "top20", profile = "local", warmup = false };

    static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Silos_with_the_environment_of_compose_run_a_comparison()
    {
        await using var azurite = await DevelopmentStorage();
        var collector = await Runs(ComposeManifest.Read(), "azurite:10000", new Uri(azurite.BlobAddress).Authority, new Dictionary<string, string>());
        Assert.All(collector.Keys, received => Assert.Equal(Manifest.ApiKey, received.Key));
    }

    [Fact]
    public async Task Silos_with_the_environment_of_Kubernetes_run_a_comparison()
    {
        await using var azurite = await DevelopmentStorage();
        await Runs(KubernetesManifest.Read(), "azurite:10000", new Uri(azurite.BlobAddress).Authority, new Dictionary<string, string>());
    }

    [Fact]
    public async Task Silos_with_the_environment_of_Container_Apps_run_a_comparison_as_their_managed_identity()
    {
        await using var azurite = await TlsAzurite.Start();
        await using var identity = await ManagedIdentity.Start();
        await Runs(await ContainerAppsManifest.Read(), "storage", azurite.Authority, new Dictionary<string, string>(azurite.Environment.Concat(identity.Environment)));
        Assert.InRange(identity.Granted, 2, 20); // A token a silo, kept for as long as it lasts.
    }

    static async Task<IReadOnlyDictionary<(string Signal, string Key), int>> Runs(
        Manifest manifest, string storage, string storageAuthority, IReadOnlyDictionary<string, string> platform)
    {
        await using var redis = await Redis.Start();
        await using var collector = await Collector.Start();
        await using var cluster = await ManifestCluster.Start(
            manifest,
            new() { ["redis:6379"] = $"127.0.0.1:{redis.Port}", ["dashboard:18890"] = collector.Authority, [storage] = storageAuthority },
            platform);

        var comparison = await cluster.Compare(Twenty, Cancelled);

        Assert.Equal((ComparisonStatus.Completed, 2), (comparison.Status, comparison.Environment.Silos.Count));
        Assert.All(comparison.Runs, run => Assert.Equal((20, 20), (run.Requested, run.Ok)));
        foreach (var daemon in Enumerable.Reverse(cluster.Daemons))
        {
            var (exitCode, took) = await daemon.Stop();
            Assert.True(exitCode is 0, $"It ended with {exitCode}:\n{daemon.Output}");
            Assert.InRange(took.TotalSeconds, 0, 25); // Of the 30 that the platform grants.
            Assert.All(daemon.Output.Split('\n'), line => Assert.True(ManifestCluster.IsJson(line), $"Not a JSON log line: {line}"));
        }
        Assert.Superset(new HashSet<string> { "traces", "metrics", "logs" }, collector.Received.Keys.Select(received => received.Signal).ToHashSet());
        return collector.Received.ToDictionary();
    }

    static Task<AzuriteProcess> DevelopmentStorage() => AzuriteProcess.StartAsync(Cancelled);
}
