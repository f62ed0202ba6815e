using System.Net.Http.Json;
using System.Text.Json;
using FlagCloud.Contracts;
using FlagCloud.Tests.Hosting;

namespace FlagCloud.Tests.Deploy;

/// <summary>The built origin and silos as processes of this machine, in the environment that a manifest gives their containers.</summary>
sealed class ManifestCluster : IAsyncDisposable
{
    readonly List<Daemon> daemons = [];

    public HttpClient Silo { get; } = new();

    public IReadOnlyList<Daemon> Daemons => daemons;

    /// <param name="authorities">Where the manifest's other hosts are; the origin is started here.</param>
    /// <param name="platform">What the platform itself adds to every silo's environment.</param>
    public static async Task<ManifestCluster> Start(Manifest manifest, Dictionary<string, string> authorities, IReadOnlyDictionary<string, string> platform)
    {
        var cluster = new ManifestCluster();
        try
        {
            var originPort = FreePort.Next();
            authorities["origin:8080"] = authorities["origin"] = $"127.0.0.1:{originPort}";
            var places = new Places(authorities);
            await cluster.Run("FlagCloud.Origin", places.Here(manifest.Origin, originPort), originPort);
            foreach (var silo in manifest.Silos)
            {
                var port = FreePort.Next();
                await cluster.Run("FlagCloud.Silo", new(places.Here(silo, port).Concat(platform)), port);
                cluster.Silo.BaseAddress ??= new($"http://127.0.0.1:{port}");
            }
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a comparison with the manifest's key, and waits for its end.</summary>
    public async Task<Comparison> Compare(object request, CancellationToken cancellationToken)
    {
        Silo.DefaultRequestHeaders.Authorization = new("Bearer", Manifest.ApiKey);
        using var response = await Silo.PostAsJsonAsync("/api/comparisons", request, FlagCloudJson.Options, cancellationToken);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
        var comparison = (await response.Content.ReadFromJsonAsync<Comparison>(FlagCloudJson.Options, cancellationToken))!;
        await daemons[1].Until("the comparison ends", async () =>
            (comparison = (await Silo.GetFromJsonAsync<Comparison>($"/api/comparisons/{comparison.Id}", FlagCloudJson.Options, cancellationToken))!).Ended);
        return comparison;
    }

    public async ValueTask DisposeAsync()
    {
        Silo.Dispose();
        foreach (var daemon in Enumerable.Reverse(daemons)) await daemon.DisposeAsync();
    }

    async Task Run(string project, Dictionary<string, string> environment, int port)
    {
        var folder = BuildOutput.Of(project);
        var daemon = Daemon.Start("dotnet", [Path.Combine(folder, project + ".dll")], folder, environment);
        daemons.Add(daemon);
        await daemon.Answers($"http://127.0.0.1:{port}/health");
    }

    /// <summary>Whether a line of a container's output is one JSON object, as log collectors want it.</summary>
    public static bool IsJson(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.ValueKind is JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
