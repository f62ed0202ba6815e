using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace FlagCloud.Tests.Hosting;

/// <summary>Azurite, blobs and tables, as a child process that cannot outlive this one: its standard input closes when this process ends.</summary>
public sealed partial class AzuriteProcess : IAsyncDisposable
{
    // Loaded before Azurite: the end of its input is to it what SIGTERM is, on every system.
    const string EndWithInput = "data:text/javascript,process.stdin.on('end',()=>process.emit('SIGTERM')).resume().unref()";

    // What the app gives to an Azurite in memory, too.
    static readonly string Memory = new Uri(Repository.PathTo("azurite", "memory.mjs")).AbsoluteUri;

    static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    readonly Process process;
    readonly ConcurrentQueue<string> lines = new();
    readonly ConcurrentDictionary<string, string> addresses = new();
    readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    readonly Task<int> exit;

    readonly bool inMemory;

    AzuriteProcess(ProcessStartInfo start, bool inMemory)
    {
        this.inMemory = inMemory;
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, e) => Read(e.Data);
        process.ErrorDataReceived += (_, e) => Read(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        exit = WatchAsync();
    }

    /// <summary>Such as http://127.0.0.1:40123, without a slash at the end.</summary>
    public string BlobAddress => addresses["Blob"];

    public string TableAddress => addresses["Table"];

    /// <summary>Of blobs and tables.</summary>
    public string Connection => ConnectionString(BlobAddress, TableAddress);

    string Output => string.Join('\n', lines);

    /// <summary>Starts it on free ports, unless some are named, and in memory, unless a folder is; returns once it listens.</summary>
    /// <param name="module">JavaScript that is loaded before it.</param>
    /// <param name="log">Where it writes what it does.</param>
    /// <exception cref="InvalidOperationException">It ended instead; the message holds its output and exit code.</exception>
    public static async Task<AzuriteProcess> StartAsync(CancellationToken cancellationToken, int blobPort = 0, int tablePort = 0, string? folder = null, string? accounts = null, string? module = null, string? log = null)
    {
        string[] data = folder is null ? ["--inMemoryPersistence"] : ["--location", folder];
        var start = new ProcessStartInfo("node",
        [
            "--import", EndWithInput, "--import", Memory, .. (string[])(module is null ? [] : ["--import", "data:text/javascript," + Uri.EscapeDataString(module)]), Repository.PathTo("azurite", "node_modules", "azurite", "dist", "src", "azurite.js"), "--silent", "--skipApiVersionCheck", "--disableTelemetry",
            "--blobPort", $"{blobPort}", "--tablePort", $"{tablePort}", "--queuePort", "0",
            "--blobKeepAliveTimeout", "75", "--tableKeepAliveTimeout", "75", .. data, .. (string[])(log is null ? [] : ["--debug", log]),
        ])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (accounts is not null) start.Environment["AZURITE_ACCOUNTS"] = accounts;
        var azurite = new AzuriteProcess(start, folder is null);
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
    public static string ConnectionString(string blobAddress, string tableAddress) =>
        ConnectionString(blobAddress, tableAddress, "devstoreaccount1", "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==");

    public static string ConnectionString(string blobAddress, string tableAddress, string account, string key) =>
        $"DefaultEndpointsProtocol=http;AccountName={account};AccountKey={key};BlobEndpoint={blobAddress}/{account};TableEndpoint={tableAddress}/{account};";

    public async ValueTask DisposeAsync()
    {
        if (inMemory) process.Kill(); // Nothing that it could write down; but it would wait for its connections.
        try
        {
            process.StandardInput.Close();
            await exit.WaitAsync(Deadline);
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
        if (line is null) return;
        lines.Enqueue(line);
        if (Listening().Match(line) is not { Success: true } match) return;
        addresses[match.Groups["service"].Value] = match.Groups["address"].Value;
        if (match.Groups["service"].Value is "Table") ready.TrySetResult(); // The last of them.
    }

    [GeneratedRegex("^Azurite (?<service>[A-Z][a-z]+) service is successfully listening at (?<address>http://.+)$")]
    private static partial Regex Listening();
}
