using System.ComponentModel;
using System.Diagnostics;
using FlagCloud.Tests.Hosting;

namespace FlagCloud.Tests.Docs;

/// <summary>A Python script of the folder lesson, as it ended. Where there is no Python that could run it, the test is skipped.</summary>
sealed record LessonScript(int ExitCode, string Output, string Errors)
{
    const string Oldest = "3.10";

    static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    public IReadOnlyList<string> Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <param name="storage">Connection string that the script finds in its environment.</param>
    public static async Task<LessonScript> Run(string script, IEnumerable<string> arguments, string? storage = null)
    {
        var version = await Start(["-c", "import sys; print(*sys.version_info[:2], sep='.')"], null);
        Assert.SkipUnless(Version.Parse(version.Output) >= Version.Parse(Oldest), $"python3 is {version.Output.Trim()}; the lesson needs {Oldest}.");
        return await Start([Repository.PathTo("lesson", script), .. arguments], storage);
    }

    /// <summary>Runs code that can import the lesson's modules.</summary>
    public static Task<LessonScript> Evaluate(string code) => Start(["-c", code], null);

    static async Task<LessonScript> Start(IEnumerable<string> arguments, string? storage)
    {
        var start = new ProcessStartInfo("python3", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["PYTHONDONTWRITEBYTECODE"] = "1", ["PYTHONPATH"] = Repository.PathTo("lesson"), ["ConnectionStrings__blobs"] = storage },
        };
        Process python;
        try
        {
            python = Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Assert.Skip("python3 is not installed.");
            throw;
        }
        using (python)
        {
            var (output, errors) = (python.StandardOutput.ReadToEndAsync(), python.StandardError.ReadToEndAsync());
            try
            {
                await python.WaitForExitAsync().WaitAsync(Deadline, TestContext.Current.CancellationToken);
            }
            finally
            {
                if (!python.HasExited) python.Kill(entireProcessTree: true);
            }
            return new(python.ExitCode, await output, await errors);
        }
    }
}
