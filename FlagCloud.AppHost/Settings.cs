/// <summary>What may be chosen when the app is started: <c>--Silos=3</c> after <c>--</c>, or <c>Silos=3</c> in the environment (<c>Ports__Web</c> for <c>Ports:Web</c>).</summary>
sealed class Settings(IConfiguration configuration)
{
    /// <summary>How many silos form the cluster.</summary>
    public int Silos => Read("Silos", 1, "a number from 1 to 16", silos => silos is >= 1 and <= 16);

    // Null is any free port.
    public int? WebPort => Port("Web", 15101);
    public int? OriginPort => Port("Origin", 15102);
    public int? BlobPort => Port("Blob", 15103);

    /// <summary>Whether Orleans' own dashboard is there: it looks at every call, so that it is not, unless asked for.</summary>
    public bool OrleansDashboard => Switch("OrleansDashboard");

    /// <summary>Whether the app ends with its comparison.</summary>
    public bool Once => Switch("Once");

    /// <summary>Whether what is stored is emptied first.</summary>
    public bool Fresh => Switch("Fresh");

    /// <summary>Arguments of the comparison that a start begins with, as of <c>flagcloud compare</c>; null begins with none.</summary>
    public IReadOnlyList<string>? Compare => configuration["Compare"]?.Trim() switch
    {
        null => [],
        var arguments when !arguments.Equals("none", StringComparison.OrdinalIgnoreCase) => arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        _ when Once => throw new DistributedApplicationException("--Once ends with the comparison, and --Compare=none starts none. Leave one of them out."),
        _ => null,
    };

    /// <summary>Spells out the short forms of switches.</summary>
    public static string[] Arguments(string[] args) => [.. args.Select(argument => argument.ToLowerInvariant() is "--once" or "--fresh" ? argument + "=true" : argument)];

    int? Port(string name, int usual) =>
        Read($"Ports:{name}", usual, "a number from 0 to 65535, where 0 is any free port", port => port is >= 0 and <= 65535) is > 0 and var port
        && !Switch("DcpPublisher:RandomizePorts") ? port : null;

    bool Switch(string key) => Read(key, false, "true or false", _ => true);

    T Read<T>(string key, T usual, string allowed, Predicate<T> accepts) where T : IParsable<T> => configuration[key] switch
    {
        null or "" => usual,
        var text when T.TryParse(text, null, out var value) && accepts(value) => value,
        var text => throw new DistributedApplicationException($"{key} is \"{text}\". It must be {allowed}."),
    };
}
