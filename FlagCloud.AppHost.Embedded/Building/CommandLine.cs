using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

/// <summary>The AppHost's arguments: switches of the embedded orchestrator, and <c>Key=value</c> for the configuration.</summary>
internal sealed record CommandLine(bool Once, bool Fresh, bool Verbose, string[] KeyValues)
{
    const string Allowed = "Allowed are --once, --fresh, --verbose, and --Key=value for the keys Ports:Dashboard, Ports:Silo, Ports:Origin, "
        + "Ports:Blob, Dashboard (on or off), Dashboard:Runs (a folder or none), Silos, Compare, StartupTimeout and environment.";

    static readonly string[] Keys = ["Ports:Dashboard", "Ports:Silo", "Ports:Origin", "Ports:Blob", "Dashboard", "Dashboard:Runs", "Silos", "Compare", "StartupTimeout", "environment", "contentRoot", "applicationName"];
    static readonly string[] PublishKeys = ["operation", "publisher", "output-path", "deploy", "step", "list-steps"];

    public static CommandLine Parse(IReadOnlyList<string> args)
    {
        var switches = new HashSet<string>();
        var keyValues = new List<string>();
        for (var i = 0; i < args.Count; i++)
        {
            if (args[i] is "--once" or "--fresh" or "--verbose")
            {
                switches.Add(args[i]);
                continue;
            }
            var (key, value) = Split(args[i]);
            if (PublishKeys.Contains(key, StringComparer.OrdinalIgnoreCase))
                throw new UsageException($"'{args[i]}' is for publishing, which the embedded orchestrator cannot do. Use Aspire's: dotnet run --project FlagCloud.AppHost -p:Orchestrator=Aspire -- {string.Join(' ', args)}");
            if (!Keys.Contains(key, StringComparer.OrdinalIgnoreCase))
                throw new UsageException($"The argument '{args[i]}' is unknown. {Allowed}");
            value ??= ++i < args.Count ? args[i] : throw new UsageException($"The argument '{args[i - 1]}' has no value. Write --{key}=value.");
            keyValues.Add($"{key}={value}");
        }
        return new(switches.Contains("--once"), switches.Contains("--fresh"), switches.Contains("--verbose"), [.. keyValues]);
    }

    public static void CheckSilos(IConfiguration configuration)
    {
        if (configuration["Silos"] is { } silos && !(int.TryParse(silos, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 16))
            throw new UsageException($"Silos is '{silos}'. Give a number from 1 to 16.");
    }

    /// <summary>Every configured port, wherever it comes from, is a number that a port can have (0: any free one).</summary>
    public static void CheckPorts(IConfiguration configuration)
    {
        foreach (var port in configuration.GetSection("Ports").GetChildren())
            if (!int.TryParse(port.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > 65535)
                throw new UsageException($"{port.Path} is '{port.Value}', which is no port. Give a number from 1 to 65535, or 0 for any free port.");
    }

    static (string Key, string? Value) Split(string argument)
    {
        var text = argument.StartsWith("--", StringComparison.Ordinal) ? argument[2..] : argument.TrimStart('/');
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? (text, null) : (text[..equals], text[(equals + 1)..]);
    }
}
