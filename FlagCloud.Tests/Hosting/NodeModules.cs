using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace FlagCloud.Tests.Hosting;

/// <summary>Installs a folder's locked npm packages once, whichever of several test processes comes first.</summary>
public static class NodeModules
{
    static readonly TimeSpan Deadline = TimeSpan.FromMinutes(5);

    public static async Task EnsureAsync(string folder, CancellationToken cancellationToken)
    {
        if (IsCurrent(folder))
            return;
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(Deadline);
        try
        {
            await using var held = await LockAsync(folder, timeout.Token);
            if (!IsCurrent(folder))
                await InstallAsync(folder, timeout.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"\"npm ci\" in {folder} had not ended after {Deadline.TotalMinutes:0} minutes.");
        }
    }

    // npm writes this file last.
    static bool IsCurrent(string folder)
    {
        var installed = new FileInfo(Path.Combine(folder, "node_modules", ".package-lock.json"));
        return installed.Exists && installed.LastWriteTimeUtc >= File.GetLastWriteTimeUtc(Path.Combine(folder, "package-lock.json"));
    }

    // Outside of node_modules, which npm ci deletes. The operating system lets go of the file when its process ends.
    static async Task<FileStream> LockAsync(string folder, CancellationToken cancellationToken)
    {
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folder)))[..16];
        var path = Path.Combine(Path.GetTempPath(), $"flagcloud-npm-{id}.lock");
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(200, cancellationToken);
            }
        }
    }

    static async Task InstallAsync(string folder, CancellationToken cancellationToken)
    {
        const string Arguments = "ci --no-audit --no-fund";
        var start = OperatingSystem.IsWindows() ? new ProcessStartInfo("cmd.exe", $"/d /c npm {Arguments}") : new ProcessStartInfo("npm", Arguments);
        start.WorkingDirectory = folder;
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        Process npm;
        try
        {
            npm = Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw new InvalidOperationException("npm was not found. Install Node.js 20.11 or newer; npm comes with it.");
        }
        using (npm)
        {
            try
            {
                var output = npm.StandardOutput.ReadToEndAsync(cancellationToken);
                var errors = npm.StandardError.ReadToEndAsync(cancellationToken);
                await npm.WaitForExitAsync(cancellationToken);
                if (npm.ExitCode != 0)
                    throw new InvalidOperationException($"\"npm ci\" in {folder} ended with {npm.ExitCode}:\n{await output}\n{await errors}");
            }
            finally
            {
                if (!npm.HasExited)
                    npm.Kill(entireProcessTree: true);
            }
        }
    }
}
