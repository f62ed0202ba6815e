using Aspire.Hosting;
using Aspire.Hosting.Npm;

namespace FlagCloud.Tests.Orchestration;

public sealed class NpmInstallerTests : IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly List<string> said = [];

    public NpmInstallerTests() => File.WriteAllText(folder["package-lock.json"], "{}");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Missing_node_is_named_with_what_to_do()
    {
        var error = await FailAsync(Installer(node: folder["no-such-node"]));

        Assert.StartsWith("Node.js was not found", error, StringComparison.Ordinal);
        Assert.Contains("Install Node.js 20 or newer", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Old_node_is_named_with_its_version()
    {
        var error = await FailAsync(Installer(node: folder.Program("node", "echo v18.19.1")));

        Assert.StartsWith("Node.js 18.19.1 is too old", error, StringComparison.Ordinal);
        Assert.Contains("needs version 20 or newer", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failing_npm_ci_is_reported_with_its_last_lines()
    {
        var error = await FailAsync(Installer(npm: folder.Program("npm", "echo 'npm error code ENOTFOUND' >&2; exit 7")));

        Assert.Contains("failed with exit code 7", error, StringComparison.Ordinal);
        Assert.Contains("npm error code ENOTFOUND", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_lock_file_is_named()
    {
        File.Delete(folder["package-lock.json"]);

        Assert.Contains("package-lock.json does not exist", await FailAsync(Installer()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Installs_once_for_each_content_of_the_lock_file()
    {
        var npm = folder.Program("npm", "mkdir -p node_modules; echo \"$@\" >> calls");

        await EnsureAsync(Installer(npm: npm));
        await EnsureAsync(Installer(npm: npm));
        File.WriteAllText(folder["package-lock.json"], "{ }");
        await EnsureAsync(Installer(npm: npm));

        Assert.Equal(["ci --no-audit --no-fund", "ci --no-audit --no-fund"], File.ReadAllLines(folder["calls"]));
    }

    [Fact]
    public async Task Two_at_once_install_once_and_the_second_says_that_it_waits()
    {
        // The first installation goes on until the second one is known to wait.
        var npm = folder.Program("npm", "mkdir -p node_modules; echo x >> calls; n=0; while [ ! -f go ] && [ $n -lt 600 ]; do sleep 0.05; n=$((n+1)); done");
        var first = EnsureAsync(Installer(npm: npm));
        await Eventually.True("the first npm to start", () => File.Exists(folder["calls"]));

        var second = EnsureAsync(Installer(npm: npm));
        await Eventually.True("the second to say that it waits", () => { lock (said) return said.Any(s => s.Contains("waiting for it", StringComparison.Ordinal)); });
        File.WriteAllText(folder["go"], "");
        await Task.WhenAll(first, second);

        Assert.Single(File.ReadAllLines(folder["calls"]));
    }

    NpmInstaller Installer(string? node = null, string? npm = null) => new(folder.Path, s => { lock (said) said.Add(s); }, guardian: null)
    {
        Node = node ?? folder.Program("good-node", "echo v20.11.0"),
        Npm = npm ?? folder["no-such-npm"],
    };

    static Task EnsureAsync(NpmInstaller installer) => installer.EnsureInstalledAsync(TestContext.Current.CancellationToken);

    static async Task<string> FailAsync(NpmInstaller installer) =>
        (await Assert.ThrowsAsync<DistributedApplicationException>(() => EnsureAsync(installer))).Message;
}
