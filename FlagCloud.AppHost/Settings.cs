using Microsoft.Extensions.Configuration;

/// <summary>What may be chosen when the app is started: <c>--Silos=3</c> after <c>--</c>, or <c>Silos=3</c> in the environment (<c>Ports__Web</c> for <c>Ports:Web</c>).</summary>
sealed record Settings
{
    /// <summary>How many silos form the cluster.</summary>
    public required int Silos { get; init; }

    /// <summary>Null is any free port.</summary>
    public required int? WebPort { get; init; }

    public required int? OriginPort { get; init; }

    public required int? BlobPort { get; init; }

    /// <summary>Arguments of the comparison that a start begins with, as of <c>flagcloud compare</c>; null begins with none.</summary>
    public required IReadOnlyList<string>? Compare { get; init; }

    /// <summary>Whether Orleans' own dashboard is there: it looks at every call, so that it is not, unless asked for.</summary>
    public required bool OrleansDashboard { get; init; }

    /// <summary>Whether the app ends with its comparison.</summary>
    public required bool Once { get; init; }

    /// <summary>Whether what is stored is emptied first.</summary>
    public required bool Fresh { get; init; }

    /// <summary>Spells out the short forms of switches.</summary>
    public static string[] Arguments(string[] args) =>
        [.. args.Select(argument => argument.ToLowerInvariant() is "--once" or "--fresh" ? argument + "=true" : argument)];

    public static Settings Of(IConfiguration configuration)
    {
        var anyPort = Read(configuration, "DcpPublisher:RandomizePorts", false, "true or false", _ => true);
        var compare = configuration["Compare"] ?? "";
        var settings = new Settings
        {
            Silos = Read(configuration, "Silos", 1, "a number from 1 to 16", silos => silos is >= 1 and <= 16),
            WebPort = Port("Web", 15101),
            OriginPort = Port("Origin", 15102),
            BlobPort = Port("Blob", 15103),
            Compare = compare.Trim().Equals("none", StringComparison.OrdinalIgnoreCase) ? null : compare.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            OrleansDashboard = Read(configuration, "OrleansDashboard", false, "true or false", _ => true),
            Once = Read(configuration, "Once", false, "true or false", _ => true),
            Fresh = Read(configuration, "Fresh", false, "true or false", _ => true),
        };
        return settings is { Once: true, Compare: null }
            ? throw new DistributedApplicationException("--Once ends with the comparison, and --Compare=none starts none. Leave one of them out.")
            : settings;

        int? Port(string name, int usual)
        {
            var port = Read(configuration, $"Ports:{name}", usual, "a number from 0 to 65535, where 0 is any free port", port => port is >= 0 and <= 65535);
            return anyPort || port is 0 ? null : port;
        }
    }

    static T Read<T>(IConfiguration configuration, string key, T usual, string allowed, Predicate<T> accepts) where T : IParsable<T> =>
        configuration[key] switch
        {
            null or "" => usual,
            var text when T.TryParse(text, null, out var value) && accepts(value) => value,
            var text => throw new DistributedApplicationException($"{key} is \"{text}\". It must be {allowed}."),
        };
}
