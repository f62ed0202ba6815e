using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using FlagCloud.Tests.Deploy;
using FlagCloud.Tests.Hosting;

namespace FlagCloud.Tests.AppHost;

/// <summary>The built AppHost as a process of its own, in the environment that a launch profile gives it.</summary>
sealed partial class AppHostProcess : IAsyncDisposable
{
    const string Mark = "FLAGCLOUD_TEST_RUN";

    readonly string run = Guid.NewGuid().ToString("N");
    readonly List<string> lines = [];
    readonly Process process;

    AppHostProcess(string profile, IEnumerable<string> args, IReadOnlyDictionary<string, string> environment)
    {
        // Whoever runs the tests in the background makes them, and all that they start, deaf to SIGINT.
        var start = new ProcessStartInfo("env", ["--default-signal=INT,HUP", Path.Combine(BuildOutput.Of("FlagCloud.AppHost"), "FlagCloud.AppHost"), .. args])
        {
            WorkingDirectory = Repository.PathTo("FlagCloud.AppHost"), RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var settings = JsonDocument.Parse(File.ReadAllText(Repository.PathTo("FlagCloud.AppHost", "Properties", "launchSettings.json")));
        var chosen = settings.RootElement.GetProperty("profiles").GetProperty(profile);
        start.Environment["ASPNETCORE_URLS"] = chosen.GetProperty("applicationUrl").GetString();
        foreach (var variable in chosen.GetProperty("environmentVariables").EnumerateObject()) start.Environment[variable.Name] = variable.Value.GetString();
        foreach (var (name, value) in environment) start.Environment[name] = value;
        start.Environment[Mark] = run;
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, e) => Keep(e.Data);
        process.ErrorDataReceived += (_, e) => Keep(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Output { get { lock (lines) return string.Join('\n', lines); } }

    public int ExitCode => process.ExitCode;

    /// <summary>On free ports, with everything in memory.</summary>
    public static AppHostProcess StartBeside(params string[] args) => Start("beside", args);

    public static AppHostProcess Start(string profile, string[] args, IReadOnlyDictionary<string, string>? environment = null)
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("What an AppHost has started is found by /proc.");
        return new(profile, args, environment ?? new Dictionary<string, string>());
    }

    public async Task Prints(string text)
    {
        await Eventually.True($"'{text}' of the AppHost, which has printed:\n{Output}", () => process.HasExited || Output.Contains(text, StringComparison.Ordinal), seconds: 120);
        Assert.True(Output.Contains(text, StringComparison.Ordinal), $"The AppHost ended without '{text}':\n{Output}");
    }

    /// <summary>Speaks to the lab, whose address has been printed.</summary>
    public HttpClient Lab() => new() { BaseAddress = new(LabLine().Match(Output).Groups["url"].Value) };

    public async Task Signal(string signal)
    {
        var (exitCode, _, error) = await Tool.Run("kill", [$"-{signal}", $"{process.Id}"]);
        Assert.True(exitCode is 0, error);
    }

    /// <returns>Its exit code.</returns>
    public async Task<int> Ends()
    {
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(3));
        return process.ExitCode;
    }

    public Task LeavesNothing() => Eventually.True("the end of all that the AppHost has started", () => Alive().Count is 0, seconds: 30);

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) process.Kill();
        await LeavesNothing(); // Also because the next one is to have the machine to itself.
        process.Dispose();
    }

    /// <summary>Itself, the orchestrator, the dashboard, the services: the mark is handed down to all of them.</summary>
    List<string> Alive() =>
    [
        .. Directory.EnumerateDirectories("/proc").Where(folder => int.TryParse(Path.GetFileName(folder), out _) && Read(Path.Combine(folder, "environ")).Contains($"{Mark}={run}", StringComparison.Ordinal)),
    ];

    static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ""; // It has ended, or is somebody else's.
        }
    }

    void Keep(string? line)
    {
        if (line is null) return;
        lock (lines) lines.Add(line);
    }

    [GeneratedRegex(@"^Flag lab +(?<url>http://\S+)$", RegexOptions.Multiline)]
    private static partial Regex LabLine();
}
