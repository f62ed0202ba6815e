using System.Diagnostics.CodeAnalysis;
using FlagCloud.Tests.Deploy;
using FlagCloud.Tests.Hosting;

namespace FlagCloud.Tests.Cluster;

/// <summary>Three silos in network namespaces, with names, ports and environment exactly as deploy/compose gives them to containers.</summary>
sealed class ComposeNetwork : IAsyncDisposable
{
    readonly Dictionary<string, Daemon> daemons = [];
    readonly Manifest manifest = ComposeManifest.Read();
    readonly Namespaces network;

    ComposeNetwork(Namespaces network)
    {
        this.network = network;
        Poll = new(() => Silos.Where(silo => !daemons[silo].HasEnded).Select(AddressOf));
    }

    public static IReadOnlyList<string> Silos { get; } = ["silo", "silo-worker", "silo-worker-2"];

    public ComparisonPoll Poll { get; }

    public static async Task<ComposeNetwork> Start()
    {
        var cluster = new ComposeNetwork(await Namespaces.Create(Silos, ["azurite", "origin", "dashboard"]));
        try
        {
            await cluster.StartServices();
            foreach (var silo in Silos) await cluster.StartSilo(silo);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public Uri AddressOf(string silo) => new($"http://{network.AddressOf(silo)}:8080");

    public HttpClient Api(string silo) => new() { BaseAddress = AddressOf(silo), DefaultRequestHeaders = { Authorization = new("Bearer", Manifest.ApiKey) } };

    public async Task<Midway> Midway()
    {
        using var api = Api(Silos[0]);
        return await Cluster.Midway.Start(api, Poll, AzuriteProcess.ConnectionString($"http://{network.AddressOf(Namespaces.Services)}:10000", $"http://{network.AddressOf(Namespaces.Services)}:10002"));
    }

    public Task CutOff(string silo) => network.CutOff(silo);

    public Task Rejoin(string silo) => network.Rejoin(silo);

    /// <summary>Waits until it has ended by itself, and starts it again, as <c>restart: unless-stopped</c> does.</summary>
    public async Task Restarted(string silo)
    {
        await daemons[silo].Ended($"{silo} learns that it was expelled");
        await daemons[silo].DisposeAsync();
        await StartSilo(silo);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var daemon in daemons.Values.Reverse()) await daemon.DisposeAsync();
        await network.DisposeAsync();
    }

    async Task StartServices()
    {
        var azurite = Repository.PathTo("azurite");
        daemons["azurite"] = network.Start(Namespaces.Services, "node",
            ["node_modules/azurite/dist/src/azurite.js", "--blobHost", "0.0.0.0", "--tableHost", "0.0.0.0", "--inMemoryPersistence", "--skipApiVersionCheck", "--disableTelemetry", "--silent"], azurite, new Dictionary<string, string>());
        await Run("origin", "FlagCloud.Origin", Namespaces.Services, manifest.Origin.Environment);
    }

    // Its name is what records and tests call it; compose leaves that to Orleans.
    Task StartSilo(string silo) =>
        Run(silo, "FlagCloud.Silo", silo, new Dictionary<string, string>(manifest.Silos[silo is "silo" ? 0 : 1].Environment) { ["Orleans__Name"] = silo });

    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "Kept, and ended with this.")]
    async Task Run(string name, string project, string member, IReadOnlyDictionary<string, string> environment)
    {
        var folder = BuildOutput.Of(project);
        var daemon = daemons[name] = network.Start(member, "dotnet", [Path.Combine(folder, project + ".dll")], folder, environment);
        await daemon.Answers($"http://{network.AddressOf(member)}:8080/health");
    }
}
