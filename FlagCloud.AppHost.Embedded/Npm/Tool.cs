using System.ComponentModel;
using Aspire.Hosting.Processes;

namespace Aspire.Hosting.Npm;

/// <summary>A program that is run to its end for what it prints.</summary>
internal static class Tool
{
    /// <summary>Null: there is no such program.</summary>
    public static async Task<(int ExitCode, IReadOnlyList<string> Lines)?> RunAsync(Command command, Guardian? guardian, CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        ChildProcess child;
        try
        {
            child = ChildProcess.Start(command, line => { lock (lines) lines.Add(line.Text); }, guardian);
        }
        catch (Win32Exception)
        {
            return null;
        }
        try
        {
            return (await child.Exited.WaitAsync(cancellationToken), lines);
        }
        catch (OperationCanceledException)
        {
            await child.StopAsync(TimeSpan.FromSeconds(1));
            throw;
        }
    }
}
