using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace FlagCloud.Tests.Hosting;

/// <summary>azurite/start.mjs as a child process that cannot outlive this one: its standard input closes when this process ends.</summary>
public sealed partial class AzuriteProcess : IAsyncDisposable
{
    static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    readonly Process process;
    readonly ConcurrentQueue<string> lines = new();
    readonly TaskCompletionSource<Match> ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    readonly Task<int> exit;

    AzuriteProcess(ProcessStartInfo start)
    {
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, e) => Read(e.Data);
        process.ErrorDataReceived += (_, e) => Read(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        exit = WatchAsync();
    }

    /// <summary>Such as http://127.0.0.1:40123, without a slash at the end.</summary>
    public string Address => ready.Task.Result.Groups["address"].Value;

    public string Connection => ConnectionString(Address);

    /// <summary>The data folder, or "memory".</summary>
    public string Data => ready.Task.Result.Groups["data"].Value;

    public int Id => process.Id;

    public string Output => string.Join('\n', lines);

    /// <summary>Starts it on a free port, unless the environment names one, and returns once it listens.</summary>
    /// <exception cref="InvalidOperationException">It ended instead; the message holds its output and exit code.</exception>
    public static async Task<AzuriteProcess> StartAsync(IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        var folder = Repository.PathTo("azurite");
        await NodeModules.EnsureAsync(folder, cancellationToken);
        var start = new ProcessStartInfo("node", "start.mjs")
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["PORT"] = "0", ["AZURITE_EXIT_WITH_STDIN"] = "true" },
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var azurite = new AzuriteProcess(start);
        try
        {
            await azurite.ready.Task.WaitAsync(Deadline, cancellationToken);
            return azurite;
        }
        catch (Exception e)
        {
            await azurite.DisposeAsync();
            throw e is TimeoutException ? new TimeoutException($"Azurite did not listen within {Deadline.TotalSeconds:0} s:\n{azurite.Output}") : e;
        }
    }

    /// <summary>Of Azurite's account, with the key that its documentation publishes.</summary>
    public static string ConnectionString(string address) =>
        "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;"
        + $"BlobEndpoint={address.TrimEnd('/')}/devstoreaccount1;";

    public Task<int> WaitForExitAsync() => exit.WaitAsync(Deadline);

    /// <summary>Ends it as a crash does: nothing is saved, nothing is told.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await WaitForExitAsync();
    }

    /// <summary>Ends it by closing its standard input, as the end of this process would.</summary>
    public async Task<int> StopAsync()
    {
        process.StandardInput.Close();
        return await WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (!exit.IsCompleted)
                await StopAsync();
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            await exit;
        }
        process.Dispose();
    }

    async Task<int> WatchAsync()
    {
        await process.WaitForExitAsync();
        ready.TrySetException(new InvalidOperationException($"Azurite ended with {process.ExitCode}:\n{Output}"));
        return process.ExitCode;
    }

    void Read(string? line)
    {
        if (line is null)
            return;
        lines.Enqueue(line);
        if (ReadyLine().Match(line) is { Success: true } match)
            ready.TrySetResult(match);
    }

    [GeneratedRegex("^Azurite blob service on (?<address>http://[^,]+), data in (?<data>.+)$")]
    private static partial Regex ReadyLine();
}
