using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Aspire.Hosting.Processes;

/// <summary>
/// A second process of the AppHost's own program that outlives it by a moment: it is told what the AppHost starts, and when the AppHost is
/// gone, however it went, it ends what is left.
/// </summary>
internal sealed class Guardian : IDisposable
{
    const string Variable = "FLAGCLOUD_GUARDIAN";
    static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    readonly HashSet<ProcessEntry> watched = [];
    string program = Environment.ProcessPath!;
    Process? process;

    public static bool IsRequested => Environment.GetEnvironmentVariable(Variable) == "1";

    /// <param name="appHost">The AppHost's executable, where this process is another program (a test).</param>
    public static Guardian? Start(string? appHost = null)
    {
        if (!Platform.NeedsGuardian)
            return null;
        var guardian = new Guardian();
        guardian.program = appHost ?? guardian.program;
        guardian.Launch();
        return guardian;
    }

    public void Watch(ProcessEntry entry)
    {
        lock (watched)
        {
            watched.Add(entry);
            Tell('+', entry);
        }
    }

    public void Forget(ProcessEntry entry)
    {
        lock (watched)
            if (watched.Remove(entry))
                Tell('-', entry);
    }

    /// <summary>The end of its input is the guardian's sign; it leaves at once when nothing is left to end.</summary>
    public void Dispose()
    {
        lock (watched)
            process?.StandardInput.Close();
    }

    /// <summary>The guardian's own main program: "+id start" and "-id start", one a line, until the pipe breaks.</summary>
    public static int Run(TextReader input)
    {
        // It is in the AppHost's process group: Ctrl+C or a closed terminal must not take it away before its work.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, c => c.Cancel = true);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, c => c.Cancel = true);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, c => c.Cancel = true);
        using var quit = PosixSignalRegistration.Create(PosixSignal.SIGQUIT, c => c.Cancel = true);
        var trees = new Dictionary<int, ProcessTree>();
        var lastChange = Environment.TickCount64;
        var line = Task.Run(input.ReadLine);
        while (true)
        {
            // Process trees grow soon after their start, hardly later.
            var pause = Environment.TickCount64 - lastChange < 10_000 ? 250 : 3000;
            if (!line.Wait(pause))
            {
                var processes = trees.Count > 0 ? Platform.Processes() : [];
                foreach (var tree in trees.Values)
                    tree.Observe(processes);
                continue;
            }
            if (line.Result is not { } text)
                break;
            var fields = text[1..].Split(' ');
            var entry = new ProcessEntry(int.Parse(fields[0], CultureInfo.InvariantCulture), 0, long.Parse(fields[1], CultureInfo.InvariantCulture));
            if (text[0] == '+')
                trees[entry.Id] = new(entry);
            else
                trees.Remove(entry.Id);
            lastChange = Environment.TickCount64;
            line = Task.Run(input.ReadLine);
        }
        ProcessTree.EndAsync(trees.Values, Grace).GetAwaiter().GetResult();
        return 0;
    }

    void Launch()
    {
        var viaDotnet = Path.GetFileNameWithoutExtension(program).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        var start = new ProcessStartInfo(program, viaDotnet ? [Environment.GetCommandLineArgs()[0]] : [])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { [Variable] = "1", ["DOTNET_TieredPGO"] = "0" },
        };
        process = Process.Start(start)!;
        process.StandardInput.AutoFlush = true;
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => Relaunch();
    }

    // Somebody ended the guardian: a new one takes over, and is told everything.
    void Relaunch()
    {
        lock (watched)
        {
            if (process is null || !process.StandardInput.BaseStream.CanWrite)
                return;
            Launch();
            foreach (var entry in watched)
                Tell('+', entry);
        }
    }

    void Tell(char sign, ProcessEntry entry)
    {
        try
        {
            process?.StandardInput.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{sign}{entry.Id} {entry.Start}"));
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // It has just ended; Relaunch tells the next one.
        }
    }
}
