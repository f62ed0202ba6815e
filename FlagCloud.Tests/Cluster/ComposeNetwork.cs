using System.Diagnostics.CodeAnalysis;
using FlagCloud.Tests.Deploy;
using FlagCloud.Tests.Hosting;

namespace FlagCloud.Tests.Cluster;

/// <summary>Three silos and web in network namespaces, with names, ports and environment exactly as deploy/compose gives them to containers.</summary>
public sealed class ComposeNetwork : IAsyncDisposable
{
    readonly Dictionary<string, Daemon> daemons = [];
    readonly HashSet<string> restarted = [];
    readonly Manifest manifest = ComposeManifest.Read();
    Namespaces network = null!;

    public static IReadOnlyList<string> Silos { get; } = ["silo-1", "silo-2", "silo-3"];

    public Uri Web => new($"http://{network.AddressOf("web")}:8080");

    Task? started;

    /// <summary>Asked for by each test, so that all of them skip, and none fails, where there are no namespaces.</summary>
    public Task Started => started ??= Start();

    async Task Start()
    {
        network = await Namespaces.Create([.. Silos, "web"], ["azurite", "origin", "dashboard"]);
        await StartServices();
        await Task.WhenAll(Silos.Select(StartSilo));
        await Run("web", "FlagCloud.Web", "web", manifest.Web.Environment);
    }

    /// <summary>With grains of countries in it: those that a silo has lost live elsewhere from then on.</summary>
    public string Worker(string controller) => Silos.First(silo => silo != controller && !restarted.Contains(silo));

    public HttpClient Api() => new() { BaseAddress = Web, DefaultRequestHeaders = { Authorization = new("Bearer", Manifest.ApiKey) } };

    internal Task<Midway> Midway() => Cluster.Midway.Start(
        Web, AzuriteProcess.ConnectionString($"http://{network.AddressOf(Namespaces.Services)}:10000", $"http://{network.AddressOf(Namespaces.Services)}:10002"), Manifest.ApiKey);

    public Task CutOff(string silo) => network.CutOff(silo);

    public Task Rejoin(string silo) => network.Rejoin(silo);

    /// <summary>Waits until it has ended by itself, and starts it again, as <c>restart: unless-stopped</c> does.</summary>
    public async Task Restarted(string silo)
    {
        await daemons[silo].Ended($"{silo} learns that it was expelled");
        await daemons[silo].DisposeAsync();
        await StartSilo(silo);
        restarted.Add(silo);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var daemon in daemons.Values.Reverse()) await daemon.DisposeAsync();
        if (network is not null) await network.DisposeAsync();
    }

    async Task StartServices()
    {
        var azurite = Repository.PathTo("azurite");
        daemons["azurite"] = network.Start(Namespaces.Services, "node",
            ["node_modules/azurite/dist/src/azurite.js", "--blobHost", "0.0.0.0", "--tableHost", "0.0.0.0", "--inMemoryPersistence", "--blobKeepAliveTimeout", "75", "--tableKeepAliveTimeout", "75", "--skipApiVersionCheck", "--disableTelemetry", "--silent"], azurite, new Dictionary<string, string>());
        await Run("origin", "FlagCloud.Origin", Namespaces.Services, manifest.Origin.Environment);
    }

    Task StartSilo(string silo) => Run(silo, "FlagCloud.Silo", silo, manifest.Silos.Single(service => service.Name == silo).Environment);

    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "Kept, and ended with this.")]
    async Task Run(string name, string project, string member, IReadOnlyDictionary<string, string> environment)
    {
        var folder = BuildOutput.Of(project);
        var daemon = daemons[name] = network.Start(member, "dotnet", [Path.Combine(folder, project + ".dll")], folder, environment);
        await daemon.Answers($"http://{network.AddressOf(member)}:8080/health");
    }
}
