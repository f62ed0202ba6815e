using System.Diagnostics;

namespace FlagCloud.Tests.Hosting;

/// <summary>Installs a folder's locked npm packages where they are missing; of several test runs or builds at once, one does.</summary>
public static class NodeModules
{
    public static async Task EnsureAsync(string folder, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("node", ["install.mjs", folder]) { WorkingDirectory = Repository.PathTo("azurite"), RedirectStandardError = true };
        using var install = Process.Start(start)!;
        try
        {
            var errors = await install.StandardError.ReadToEndAsync(cancellationToken);
            await install.WaitForExitAsync(cancellationToken);
            if (install.ExitCode != 0)
                throw new InvalidOperationException(errors);
        }
        finally
        {
            if (!install.HasExited)
                install.Kill(entireProcessTree: true);
        }
    }
}
