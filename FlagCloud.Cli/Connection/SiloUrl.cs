using System.CommandLine;

namespace FlagCloud.Cli.Connection;

/// <summary>Where the silo is: --url, else the variables that an AppHost sets, else the port that the AppHost takes when it is free.</summary>
static class SiloUrl
{
    const string Default = "http://localhost:15101";

    static readonly string[] Variables = ["SILO_HTTP", "services__silo__http__0"];

    public static Option<string?> Option() => new("--url")
    {
        Description = $"Address of the silo [default: {string.Join(" or ", Variables)} of the environment, else {Default}]",
        HelpName = "ADDRESS",
    };

    public static Uri Resolve(string? given, Func<string, string?> variable)
    {
        if (given is not null) return Parse(given, "--url");
        foreach (var name in Variables)
        {
            if (variable(name) is { Length: > 0 } value) return Parse(value, $"the environment's {name}");
        }

        return new(Default + "/");
    }

    static Uri Parse(string text, string from) =>
        Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new UsageException($"{from} is an http or https address such as {Default}, not '{text}'.");
}
