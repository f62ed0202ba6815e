using System.Security.Cryptography;
using System.Text;
using Aspire.Hosting.Processes;

namespace Aspire.Hosting.Npm;

/// <summary>Installs the packages of an npm folder from its lock file, once for each content of that file.</summary>
internal sealed class NpmInstaller(string folder, Action<string> say, Guardian? guardian)
{
    public string Node { get; init; } = "node";

    public string Npm { get; init; } = Platform.Npm;

    string LockFile => Path.Combine(folder, "package-lock.json");

    string Stamp => Path.Combine(folder, "node_modules", ".flagcloud-lock");

    public async Task EnsureInstalledAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(LockFile))
            throw new DistributedApplicationException($"{LockFile} does not exist, so there is nothing to install from. Restore it from version control.");
        await NodeRuntime.RequireAsync(Node, $"'{Path.GetFileName(folder)}'", folder, guardian, cancellationToken);
        if (await IsCurrentAsync(cancellationToken))
            return;
        using var turn = await TakeTurnAsync(cancellationToken);
        if (await IsCurrentAsync(cancellationToken))
            return;
        say($"npm ci in {folder} (its packages are not installed as package-lock.json has them; the first time takes a while)");
        await InstallAsync(cancellationToken);
        // npm makes no such folder for a package that needs no other.
        Directory.CreateDirectory(Path.GetDirectoryName(Stamp)!);
        await File.WriteAllTextAsync(Stamp, await LockHashAsync(cancellationToken), cancellationToken);
    }

    async Task InstallAsync(CancellationToken cancellationToken)
    {
        var result = await Tool.RunAsync(new(Npm, ["ci", "--no-audit", "--no-fund"], folder), guardian, cancellationToken)
            ?? throw new DistributedApplicationException("npm was not found, although node was. Install npm (it comes with Node.js from https://nodejs.org), and start again.");
        if (result.ExitCode != 0)
            throw new DistributedApplicationException(
                $"'npm ci' in {folder} failed with exit code {result.ExitCode}. Its last lines:\n  {string.Join("\n  ", result.Lines.TakeLast(12))}\n"
                + "Put that right (no connection to the package registry, a full disk, a lock file that does not fit package.json), and start again.");
    }

    async Task<bool> IsCurrentAsync(CancellationToken cancellationToken) =>
        File.Exists(Stamp) && await File.ReadAllTextAsync(Stamp, cancellationToken) == await LockHashAsync(cancellationToken);

    async Task<string> LockHashAsync(CancellationToken cancellationToken) =>
        Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(LockFile, cancellationToken)));

    // Two installations into one folder would tear each other's files down.
    async Task<IDisposable?> TakeTurnAsync(CancellationToken cancellationToken)
    {
        var name = "npm-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFullPath(folder))))[..16];
        for (var told = false; ; told = true)
        {
            if (MachineLock.TryTake(name, out var file))
                return file;
            if (!told)
                say($"another process installs the packages of {folder}; waiting for it");
            await Task.Delay(200, cancellationToken);
        }
    }
}
