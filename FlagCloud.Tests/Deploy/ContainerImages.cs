using System.Diagnostics;
using System.Security.Cryptography;
using FlagCloud.Tests.Deploy;
using FlagCloud.Tests.Hosting;

[assembly: AssemblyFixture(typeof(ContainerImages))]

namespace FlagCloud.Tests.Deploy;

/// <summary>
/// The images of this working copy, built once a run by deploy/images.sh and pushed to a registry on loopback. Their bases are made of what is installed here, as none can
/// be downloaded everywhere.
/// </summary>
public sealed class ContainerImages : IAsyncDisposable
{
    /// <summary>Of the images, and of the silo's once more: what an upgrade leads to.</summary>
    public const string Version = "0.1.0", NextVersion = "0.1.1";

    // Kept from run to run, with the layers that were built on them.
    const string Kept = "localhost/flagcloud-test";

    readonly Lazy<Task<Daemon>> registry;

    public ContainerImages() => registry = new(Build);

    public static string Prefix => $"{Podman.Registry}/flagcloud";

    public Task Built
    {
        get
        {
            Podman.SkipWhereItCannotRun();
            return registry.Value;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!registry.IsValueCreated) return;
        await registry.Value.ContinueWith(_ => { }, TaskScheduler.Default);
        var names = (await Podman.Run("images", "--format", "{{.Repository}}:{{.Tag}}")).Split('\n').Where(name => name.StartsWith(Podman.Registry, StringComparison.Ordinal)).ToArray();
        if (names.Length > 0) await Podman.Run(["rmi", "--force", .. names]);
        if (registry.Value.IsCompletedSuccessfully) await (await registry.Value).DisposeAsync();
        Directory.Delete(Podman.Folder, recursive: true);
    }

    static async Task<Daemon> Build()
    {
        var begun = Stopwatch.GetTimestamp();
        var configuration = Path.Combine(Podman.Folder, "registry.yml");
        await File.WriteAllTextAsync(configuration, $$"""
            version: 0.1
            log: { level: error }
            storage: { filesystem: { rootdirectory: {{Path.Combine(Podman.Folder, "registry")}} } }
            http: { addr: "127.0.0.1:{{Podman.RegistryPort}}" }
            """);
        var registry = Daemon.Start("docker-registry", ["serve", configuration], Podman.Folder, new Dictionary<string, string>());
        await registry.Answers($"http://127.0.0.1:{Podman.RegistryPort}/v2/");

        var (aspnet, node) = (await Base("dotnet"), await Base("node"));
        await Podman.Run("push", "--quiet", aspnet, $"{Podman.Registry}/base/dotnet:latest");
        // At full speed: the longest class of all waits for it.
        await Podman.Run(
            Repository.PathTo("deploy", "images.sh"),
            [$"-p:ContainerRegistry={Podman.Registry}", $"-p:ContainerBaseImage={Podman.Registry}/base/dotnet:latest", "-p:ContainerFamily="],
            // What this test run was built as need not be compiled again.
            new Dictionary<string, string> { ["AZURITE_BASE"] = node, ["CONFIGURATION"] = BuildOutput.Configuration });
        await Podman.Run("tag", $"{Prefix}/azurite:3.37.0", $"{Kept}/azurite:latest");
        await Podman.Run("pull", "--quiet", $"{Prefix}/silo:{Version}");
        await Podman.Run("tag", $"{Prefix}/silo:{Version}", $"{Prefix}/silo:{NextVersion}");
        Console.WriteLine($"Images built and pushed in {Stopwatch.GetElapsedTime(begun).TotalSeconds:0} s");
        return registry;
    }

    static async Task<string> Base(string program)
    {
        var script = Repository.PathTo("FlagCloud.Tests", "Deploy", "base.sh");
        var version = Convert.ToHexStringLower(SHA256.HashData([.. await File.ReadAllBytesAsync(script), .. await File.ReadAllBytesAsync(Tool.Find(program)!)]))[..12];
        var name = $"{Kept}/{program}:{version}";
        if ((await Podman.Run("images", "--quiet", name)).Length is 0)
            await Podman.Run("bash", ["-c", "set -o pipefail; \"$0\" \"$1\" | podman import --quiet --change ENV=PATH=/usr/bin - \"$2\"", script, program, name]);
        return name;
    }
}
