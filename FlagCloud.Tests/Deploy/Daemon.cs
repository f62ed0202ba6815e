using System.Collections.Concurrent;
using System.Diagnostics;

namespace FlagCloud.Tests.Deploy;

/// <summary>A program with nothing in its environment but what it is given, ended by SIGTERM when asked, or when this process is gone.</summary>
sealed class Daemon : IAsyncDisposable
{
    // Between it and us stands a shell that passes on the end of its own input as SIGTERM.
    const string Tie = """
        exec 3<&0
        "$0" "$@" </dev/null 3<&- & child=$!
        echo "$child"
        { read -r _; kill -TERM $child 2>/dev/null; } <&3 & reader=$!
        wait $child; code=$?
        kill $reader 2>/dev/null
        exit $code
        """;

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    // What any program needs to find its own parts.
    static readonly string[] Inherited = ["PATH", "HOME", "DOTNET_ROOT", "TMPDIR", "LD_LIBRARY_PATH", Hosting.Settings.Unwatched];

    readonly Process process;
    readonly ConcurrentQueue<string> lines = [];
    readonly TaskCompletionSource<int> programId = new(TaskCreationOptions.RunContinuationsAsynchronously);

    Daemon(Process process) => this.process = process;

    public bool HasEnded => process.HasExited;

    /// <summary>Of the program itself, not of what ties it to this process.</summary>
    public Task<int> ProgramId => programId.Task.WaitAsync(Patience);

    public string Output => string.Join('\n', lines);

    // Enough to see what went wrong.
    string LastLines => string.Join('\n', lines.TakeLast(40).Select(line => line.Length > 500 ? line[..500] + "…" : line));

    public static void SkipWhereItCannotRun()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("The programs of this test are tied to it by a POSIX shell.");
    }

    public static Daemon Start(string program, IEnumerable<string> arguments, string folder, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("sh", ["-c", Tie, program, .. arguments])
        {
            WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        var inherited = Inherited.Where(name => start.Environment.ContainsKey(name)).ToDictionary(name => name, name => start.Environment[name]);
        start.Environment.Clear();
        foreach (var (name, value) in inherited) start.Environment[name] = value;
        foreach (var (name, value) in environment) start.Environment[name] = value;
        var daemon = new Daemon(new Process { StartInfo = start });
        daemon.process.OutputDataReceived += (_, e) => daemon.Take(e.Data);
        daemon.process.ErrorDataReceived += (_, e) => daemon.Take(e.Data);
        daemon.process.Start();
        daemon.process.BeginOutputReadLine();
        daemon.process.BeginErrorReadLine();
        return daemon;
    }

    /// <summary>Waits until something is true of it; says what, and what it wrote, if that does not come.</summary>
    public async Task Until(string awaited, Func<Task<bool>> condition)
    {
        var begun = Stopwatch.GetTimestamp();
        using var clock = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!await condition())
        {
            if (HasEnded) Assert.Fail($"It ended with {process.ExitCode} before {awaited}:\n{LastLines}");
            if (Stopwatch.GetElapsedTime(begun) > Patience) Assert.Fail($"Waited {Patience.TotalSeconds} s in vain for {awaited}:\n{LastLines}");
            await clock.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Waits until this address answers that all is well.</summary>
    public async Task Answers(string url)
    {
        using var probe = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        await Until($"{url} answers", async () =>
        {
            try
            {
                return (await probe.GetAsync(url)).IsSuccessStatusCode;
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
                return false;
            }
        });
    }

    /// <summary>Waits until it has ended by itself.</summary>
    public async Task Ended(string awaited)
    {
        try
        {
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"Waited {Patience.TotalSeconds} s in vain until {awaited}:\n{LastLines}");
        }
    }

    /// <summary>Ends it as a platform does.</summary>
    /// <returns>Its exit code, and how long it took.</returns>
    public async Task<(int ExitCode, TimeSpan Took)> Stop()
    {
        var begun = Stopwatch.GetTimestamp();
        process.StandardInput.Close();
        await process.WaitForExitAsync().WaitAsync(Patience);
        return (process.ExitCode, Stopwatch.GetElapsedTime(begun));
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (!HasEnded) await Stop();
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
        process.Dispose();
    }

    void Take(string? line)
    {
        if (line is null) return;
        if (programId.Task.IsCompleted || !int.TryParse(line, out var id)) lines.Enqueue(line);
        else programId.SetResult(id);
    }
}
