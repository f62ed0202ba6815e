using System.Diagnostics;
using System.Net.Http.Json;
using System.Security.Cryptography;
using FlagCloud.Contracts;
using FlagCloud.Tests.Cluster;

namespace FlagCloud.Tests.Deploy;

/// <summary>A FlagCloud of containers, started from the files of deploy/: three silos, web, origin and Azurite on a network of their own.</summary>
public abstract class ContainerDeployment(ContainerImages images) : IAsyncDisposable
{
    protected string Id { get; } = $"flagcloud-{RandomNumberGenerator.GetHexString(6, lowercase: true)}";

    protected abstract string Network { get; }

    /// <summary>Where web answers.</summary>
    public Uri Web { get; private set; } = null!;

    public static IReadOnlyList<string> Silos { get; } = ["silo-1", "silo-2", "silo-3"];

    Task? started;

    /// <summary>Asked for by each test, so that all of them skip, and none fails, where containers cannot run.</summary>
    public Task Started => started ??= Start();

    async Task Start()
    {
        await images.Built;
        var begun = Stopwatch.GetTimestamp();
        await Up();
        await Ready();
        Web = new($"http://{await Address("web")}:8080");
        Console.WriteLine($"{GetType().Name} ready in {Stopwatch.GetElapsedTime(begun).TotalSeconds:0} s");
    }

    public async ValueTask DisposeAsync()
    {
        if (Web is not null)
        {
            await Down();
            Assert.Equal("", await Left());
        }
        GC.SuppressFinalize(this);
    }

    public HttpClient Api(string? key = Manifest.ApiKey) => new() { BaseAddress = Web, DefaultRequestHeaders = { Authorization = key is null ? null : new("Bearer", key) } };

    internal ComparisonPoll Poll() => new(Web);

    internal async Task<Midway> Midway()
    {
        var storage = ComposeManifest.Read().Silos[0].Environment["ConnectionStrings__blobs"].Replace("azurite:", $"{await Address("azurite")}:", StringComparison.Ordinal);
        return await Cluster.Midway.Start(Web, storage, Manifest.ApiKey);
    }

    /// <summary>A comparison of some length.</summary>
    public async Task<Comparison> Start(int rounds)
    {
        using var api = Api();
        using var response = await api.PostAsJsonAsync(
            "/api/comparisons", new { countries = "all", limit = 100, profile = "slow", concurrency = 20, warmup = false, rounds, strategies = new[] { "async" } }, FlagCloudJson.Options);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<Comparison>(FlagCloudJson.Options))!;
    }

    /// <summary>The client's own image.</summary>
    /// <returns>What it printed.</returns>
    public Task<string> Client(params string[] arguments) => Podman.Run(
    [
        "run", "--rm", "--network", Network, "--read-only", "--cap-drop", "ALL", "--security-opt", "no-new-privileges", "--env", $"FLAGCLOUD_API_KEY={Manifest.ApiKey}",
        $"{ContainerImages.Prefix}/cli:{ContainerImages.Version}", .. arguments, "--url", "http://web:8080",
    ]);

    public Task Ready() => Task.WhenAll([.. Silos.Select(Ready), Ready("web"), Ready("origin")]);

    public Task Ready(string name) => Podman.Ready(async () => $"http://{await Address(name)}:8080", "/health", Container(name));

    /// <summary>Ends its process as a crash would, upon which the platform starts it again.</summary>
    public virtual async Task Crash(string name)
    {
        using var process = Process.GetProcessById(int.Parse(await Podman.Run("inspect", "--format", "{{.State.Pid}}", Container(name)), System.Globalization.CultureInfo.InvariantCulture));
        process.Kill();
    }

    /// <summary>User, read-only, capabilities: what it runs as.</summary>
    public Task<string> Confinement(string name) =>
        Podman.Run("inspect", "--format", "{{.Config.User}} {{.HostConfig.ReadonlyRootfs}} {{.EffectiveCaps}} {{.HostConfig.SecurityOpt}}", Container(name));

    /// <summary>The ports of the machine that its containers take, a line each.</summary>
    public Task<string> Published() => Podman.Run("ps", "--filter", $"name={Id}", "--format", "{{.Ports}}");

    /// <summary>What is left of it: containers, volumes, networks, secrets.</summary>
    public async Task<string> Left() => string.Join('\n', (await Task.WhenAll(
        Podman.Run("ps", "--all", "--noheading", "--filter", $"name={Id}"), Podman.Run("volume", "ls", "--noheading", "--filter", $"name={Id}"),
        Podman.Run("network", "ls", "--noheading", "--filter", $"name={Id}"), Podman.Run("secret", "ls", "--noheading", "--filter", $"name={Id}"))).Where(listed => listed.Length > 0));

    protected abstract Task Up();

    public abstract Task Down();

    protected abstract string Container(string name);

    protected abstract Task<string> Address(string name);
}
