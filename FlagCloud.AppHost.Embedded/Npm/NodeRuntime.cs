using System.Globalization;
using Aspire.Hosting.Processes;

namespace Aspire.Hosting.Npm;

internal static class NodeRuntime
{
    const int Required = 20;

    /// <summary>Throws what the user has to do when Node.js is missing or too old for <paramref name="purpose"/>.</summary>
    public static async Task RequireAsync(string node, string purpose, string workingDirectory, Guardian? guardian, CancellationToken cancellationToken)
    {
        var answer = await Tool.RunAsync(new(node, ["--version"], workingDirectory), guardian, cancellationToken);
        if (answer is null)
            throw new DistributedApplicationException($"Node.js was not found, and {purpose} needs it (version {Required} or newer). {Advice}");
        var version = answer.Value.Lines is [var first, ..] ? first : "";
        if (!int.TryParse(version.TrimStart('v').Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major))
            throw new DistributedApplicationException($"'node --version' answers '{version}' (exit code {answer.Value.ExitCode}), which is no version of Node.js. {Advice}");
        if (major < Required)
            throw new DistributedApplicationException($"Node.js {version.TrimStart('v')} is too old: {purpose} needs version {Required} or newer. {Advice}");
    }

    static string Advice => $"Install Node.js {Required} or newer from https://nodejs.org, see that 'node' and 'npm' are on the PATH, and start again.";
}
