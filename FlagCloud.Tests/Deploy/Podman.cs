using FlagCloud.Tests.Hosting;

namespace FlagCloud.Tests.Deploy;

/// <summary>The container engine of this machine, with a configuration of its own and a registry on loopback.</summary>
static class Podman
{
    // cgroupfs, files and runc: what a machine without systemd has. The addresses are set aside for tests of networks, so that no host is hidden by them.
    const string Containers = """
        [containers]
        default_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]
        [engine]
        runtime = "runc"
        cgroup_manager = "cgroupfs"
        events_logger = "file"
        [network]
        network_backend = "netavark"
        default_subnet = "198.18.100.0/24"
        default_subnet_pools = [{base = "198.18.128.0/17", size = 24}]
        """;

    static readonly string[] Programs = ["podman", "podman-compose", "runc", "netavark", "catatonit", "docker-registry", "node", "bash"];

    /// <summary>What belongs to this run only, from configuration files to manifests.</summary>
    public static string Folder { get; } = Directory.CreateTempSubdirectory("flagcloud-containers-").FullName;

    public static int RegistryPort { get; } = FreePort.Next();

    public static string Registry => $"localhost:{RegistryPort}";

    static readonly Lazy<Dictionary<string, string>> Environment = new(() =>
    {
        File.WriteAllText(Path.Combine(Folder, "containers.conf"), Containers);
        File.WriteAllText(Path.Combine(Folder, "registries.conf"), $"[[registry]]\nlocation = \"{Registry}\"\ninsecure = true\n");
        return new() { ["CONTAINERS_CONF"] = Path.Combine(Folder, "containers.conf"), ["CONTAINERS_REGISTRIES_CONF"] = Path.Combine(Folder, "registries.conf") };
    });

    public static void SkipWhereItCannotRun()
    {
        if (!OperatingSystem.IsLinux() || !System.Environment.IsPrivilegedProcess) Assert.Skip("Containers with networks of their own need Linux and root.");
        var missing = Programs.Where(program => !new[] { "/usr/lib/podman", "/usr/libexec/podman" }.Any(folder => File.Exists(Path.Combine(folder, program))) && Tool.Find(program) is null).ToList();
        if (missing.Count > 0) Assert.Skip($"Not installed: {string.Join(", ", missing)} (.ci/run names the Debian packages).");
    }

    /// <summary>Runs it to its end, which must be good.</summary>
    /// <returns>What it printed.</returns>
    public static Task<string> Run(params string[] arguments) => Run("podman", arguments);

    public static async Task<string> Run(string program, string[] arguments, IEnumerable<KeyValuePair<string, string>>? environment = null)
    {
        var (exitCode, output, said) = await Tool.Run(program, arguments, Environment.Value.Concat(environment ?? []).ToDictionary());
        Assert.True(exitCode is 0, $"{program} {string.Join(' ', arguments)} ended with {exitCode}:\n{output}\n{said}");
        return output.Trim();
    }

    /// <summary>Waits until a container answers its probe with yes; says what it wrote, if that does not come.</summary>
    public static async Task Ready(Func<Task<string>> address, string path, string container)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        using var clock = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        while (true)
        {
            try
            {
                if ((await http.GetAsync($"{await address()}{path}")).IsSuccessStatusCode) return;
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException or InvalidOperationException)
            {
                // Not yet.
            }
            if (patience.IsCancellationRequested)
            {
                var (_, output, said) = await Tool.Run("podman", ["logs", "--tail", "40", container], Environment.Value);
                Assert.Fail($"Waited in vain for {path} of {container}:\n{output}{said}");
            }
            await clock.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }
}
