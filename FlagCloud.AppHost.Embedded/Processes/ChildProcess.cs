using System.Diagnostics;
using Aspire.Hosting.Output;

namespace Aspire.Hosting.Processes;

/// <summary>A running child: its output line by line, its end, and the tree of what it started.</summary>
internal sealed class ChildProcess
{
    /// <summary>How long a process may take to end by itself.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    readonly Process process;
    readonly ProcessTree tree;
    readonly Guardian? guardian;

    ChildProcess(Process process, Action<ConsoleLine> onLine, Guardian? guardian)
    {
        (this.process, this.guardian) = (process, guardian);
        tree = new(Platform.Find(process.Id) ?? new(process.Id, 0, 0));
        guardian?.Watch(tree.Root);
        Exited = WaitAsync(ReadAsync(process.StandardOutput, isError: false, onLine), ReadAsync(process.StandardError, isError: true, onLine));
    }

    public int Id => process.Id;

    /// <summary>The exit code, once the process, all that it started and their output have ended.</summary>
    public Task<int> Exited { get; }

    public static ChildProcess Start(Command command, Action<ConsoleLine> onLine, Guardian? guardian)
    {
        var start = new ProcessStartInfo(command.FileName, command.Arguments)
        {
            WorkingDirectory = command.WorkingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Environments.ResourceEnvironment.Apply(command.Environment, start.Environment);
        var process = Process.Start(start)!;
        Platform.TieToThisProcess(process);
        process.StandardInput.Close();
        return new(process, onLine, guardian);
    }

    public void Observe(IReadOnlyList<ProcessEntry> processes) => tree.Observe(processes);

    /// <summary>Ends the whole tree: politely, then after <paramref name="grace"/> by force.</summary>
    public async Task<int> StopAsync(TimeSpan grace)
    {
        await EndTreeAsync(grace);
        return await Exited;
    }

    async Task EndTreeAsync(TimeSpan grace)
    {
        if (OperatingSystem.IsWindows())
            Platform.Kill(tree.Root);
        else
            await ProcessTree.EndAsync([tree], grace);
    }

    async Task<int> WaitAsync(params Task[] readers)
    {
        await process.WaitForExitAsync();
        // What it started has lost its purpose, and may hold the output open.
        await EndTreeAsync(Grace);
        await Task.WhenAny(Task.WhenAll(readers), Task.Delay(TimeSpan.FromSeconds(2)));
        guardian?.Forget(tree.Root);
        return process.ExitCode;
    }

    static async Task ReadAsync(StreamReader reader, bool isError, Action<ConsoleLine> onLine)
    {
        while (await reader.ReadLineAsync() is { } line)
            onLine(new(DateTimeOffset.Now, isError, line));
    }
}
