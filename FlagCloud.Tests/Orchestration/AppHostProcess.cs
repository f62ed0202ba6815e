using System.Diagnostics;
using System.Text.RegularExpressions;
using Aspire.Hosting.Processes;

namespace FlagCloud.Tests.Orchestration;

/// <summary>The real AppHost as a process of its own, on free ports.</summary>
sealed partial class AppHostProcess : IAsyncDisposable
{
    readonly Process process;
    readonly ProcessTree tree;
    readonly List<string> lines = [];

    AppHostProcess(Process process)
    {
        this.process = process;
        tree = new(Platform.Find(process.Id) ?? new(process.Id, 0, 0));
        process.OutputDataReceived += (_, e) => Keep(e.Data);
        process.ErrorDataReceived += (_, e) => Keep(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Output { get { lock (lines) return string.Join('\n', lines); } }

    public ProcessEntry Entry => tree.Root;

    public int ExitCode => process.ExitCode;

    /// <summary>The AppHost, its guardian, and all that they started, as far as alive.</summary>
    public IReadOnlyList<ProcessEntry> Alive => tree.Observe(Platform.Processes());

    public static AppHostProcess Start(params string[] args) => new(Process.Start(
        new ProcessStartInfo(Platform.ExecutableOf(AppHostModel.Assembly), args)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            Environment = { ["AZURITE_IN_MEMORY"] = "true" },
        })!);

    public static AppHostProcess StartOnFreePorts(params string[] args) =>
        Start(["--Ports:Dashboard=0", "--Ports:Silo=0", "--Ports:Origin=0", "--Ports:Blob=0", "--Dashboard:Runs=none", .. args]);

    /// <summary>Long enough for the first installation of Azurite's packages.</summary>
    public Task UntilAsync(string text) => Eventually.True($"'{text}' of the AppHost", () => process.HasExited || Output.Contains(text, StringComparison.Ordinal), seconds: 240);

    /// <summary>The first link that was printed for a resource, once everything runs.</summary>
    public string LinkOf(string resource) => Link().Matches(Output).First(match => match.Groups["resource"].Value == resource).Groups["url"].Value;

    public HttpClient Client(string resource) => new() { BaseAddress = new(LinkOf(resource)) };

    public Task EndedAsync() => process.WaitForExitAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await ProcessTree.EndAsync([tree], TimeSpan.FromSeconds(2));
        process.Dispose();
    }

    [GeneratedRegex(@"^apphost \|\s+(?<resource>\w+)\s.*?(?<url>http://\S+)$", RegexOptions.Multiline)]
    private static partial Regex Link();

    void Keep(string? line)
    {
        if (line is not null)
            lock (lines)
                lines.Add(line);
    }
}
