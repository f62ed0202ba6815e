using FlagCloud.Tests.Deploy;
using FlagCloud.Tests.Hosting;

namespace FlagCloud.Tests.Cluster;

/// <summary>Three silos and web over Azurite, every part a process of its own, which a test can kill, freeze and start again. Tests take turns with it.</summary>
public sealed class ClusterRun : IAsyncLifetime
{
    readonly string folder = Directory.CreateTempSubdirectory("flagcloud-cluster-").FullName;
    readonly Dictionary<string, Daemon> daemons = [];
    readonly Dictionary<string, int> ports = ((string[])["blob", "table", "origin", "web", .. Silos, .. Silos.Select(Internal), .. Silos.Select(Gateway)]).ToDictionary(name => name, _ => FreePort.Next());

    public static IReadOnlyList<string> Silos { get; } = ["silo-1", "silo-2", "silo-3"];

    string Storage => AzuriteProcess.ConnectionString($"http://127.0.0.1:{ports["blob"]}", $"http://127.0.0.1:{ports["table"]}");

    public async ValueTask InitializeAsync()
    {
        Daemon.SkipWhereItCannotRun();
        try
        {
            await Begin("azurite");
            await Begin("origin");
            await Task.WhenAll(Silos.Select(Begin));
            await Begin("web");
        }
        catch
        {
            await DisposeAsync(); // Nobody else does, of a fixture that did not begin.
            throw;
        }
    }

    /// <summary>A comparison in the middle of its first run, on three silos.</summary>
    internal async Task<Midway> Midway(int rounds)
    {
        await Task.WhenAll(Silos.Select(Present));
        return await Cluster.Midway.Start(AddressOf("web"), Storage, rounds: rounds);
    }

    // A silo that the last test has lost may still be about to end.
    Task Present(string silo) => Eventually.True($"{silo} is an active member", async () =>
    {
        if (daemons[silo].HasEnded) await Begin(silo);
        using var probe = new HttpClient { BaseAddress = AddressOf(silo), Timeout = TimeSpan.FromSeconds(5) };
        try
        {
            return (await probe.GetAsync("health")).IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }, seconds: 60);

    /// <summary>Where the part of this name answers.</summary>
    public Uri AddressOf(string silo) => new($"http://127.0.0.1:{ports[silo]}");

    public async Task Begin(string name)
    {
        if (daemons.Remove(name, out var former)) await former.DisposeAsync();
        daemons[name] = name switch
        {
            "azurite" => Daemon.Start("node", [Repository.PathTo("azurite", "node_modules", "azurite", "dist", "src", "azurite.js"), "--silent", "--skipApiVersionCheck", "--disableTelemetry",
                "--location", folder, "--blobPort", $"{ports["blob"]}", "--tablePort", $"{ports["table"]}", "--queuePort", "0",
                "--blobKeepAliveTimeout", "75", "--tableKeepAliveTimeout", "75"], folder, new Dictionary<string, string>()),
            "origin" => Start("FlagCloud.Origin", name, []),
            "web" => Start("FlagCloud.Web", name, ClientEnvironment()),
            _ => Start("FlagCloud.Silo", name, SiloEnvironment(name)),
        };
        if (name is "azurite") await daemons[name].Until("Azurite listens", () => Task.FromResult(daemons[name].Output.Contains("Table service is successfully listening", StringComparison.Ordinal)));
        else await daemons[name].Answers($"{AddressOf(name)}health");
    }

    /// <summary>Asks a process to end, as a platform does, and waits until it has.</summary>
    public Task Terminate(string name) => daemons[name].Stop();

    public async Task Kill(string name)
    {
        await Tool.Run("kill", ["-KILL", $"{await daemons[name].ProgramId}"]); // It may be about to end by itself.
        await daemons[name].Ended($"{name} is dead");
    }

    public async Task Signal(string name, string signal)
    {
        var (exitCode, _, error) = await Tool.Run("kill", [$"-{signal}", $"{await daemons[name].ProgramId}"]);
        Assert.True(exitCode is 0, error);
    }

    public async ValueTask DisposeAsync()
    {
        // How they end when they are asked to is a test's affair.
        await Task.WhenAll(daemons.Where(daemon => !daemon.Value.HasEnded).Select(daemon => Kill(daemon.Key)));
        foreach (var daemon in daemons.Values) await daemon.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    Daemon Start(string project, string name, Dictionary<string, string> environment)
    {
        var output = BuildOutput.Of(project);
        environment["ASPNETCORE_URLS"] = $"http://127.0.0.1:{ports[name]}";
        environment["DOTNET_ENVIRONMENT"] = "Development";
        return Daemon.Start("dotnet", [Path.Combine(output, project + ".dll")], output, environment);
    }

    // What the AppHost gives them.
    Dictionary<string, string> ClientEnvironment() => new()
    {
        ["ConnectionStrings__blobs"] = Storage,
        ["ConnectionStrings__tables"] = Storage,
        ["Orleans__ClusterId"] = "flagcloud",
        ["Orleans__ServiceId"] = "flagcloud",
        ["Orleans__Clustering__ProviderType"] = "AzureTableStorage",
        ["Orleans__Clustering__ServiceKey"] = "tables",
    };

    Dictionary<string, string> SiloEnvironment(string name) => new(ClientEnvironment())
    {
        ["services__origin__http__0"] = AddressOf("origin").ToString(),
        ["Orleans__Name"] = name,
        ["Orleans__Reminders__ProviderType"] = "AzureTableStorage",
        ["Orleans__Reminders__ServiceKey"] = "tables",
        ["Orleans__Endpoints__SiloPort"] = $"{ports[Internal(name)]}",
        ["Orleans__Endpoints__GatewayPort"] = $"{ports[Gateway(name)]}",
    };

    // A silo that begins again has the address that it had, so that its former self counts as dead at once.
    static string Internal(string silo) => silo + " for silos";

    static string Gateway(string silo) => silo + " for clients";
}
