using System.Text.RegularExpressions;

namespace FlagCloud.Tests.Deploy;

/// <summary>Where the manifest's host names are on this machine.</summary>
sealed partial class Places(IReadOnlyDictionary<string, string> authorities)
{
    /// <summary>
    /// The environment of one more process on this machine: names become loopback addresses, ports become free ones (in a container each
    /// has its own network), and nothing else changes. A name without a place is an error.
    /// </summary>
    public Dictionary<string, string> Here(ManifestService service, int httpPort)
    {
        var here = service.Environment.ToDictionary(pair => pair.Key, pair => Place(pair.Key, pair.Value));
        Assert.True(here.Remove("ASPNETCORE_HTTP_PORTS", out var ports) && ports is "8080", $"{service.Name} is to listen on 8080, where probes and ingress look for it.");
        here["ASPNETCORE_URLS"] = $"http://127.0.0.1:{httpPort}";
        if (!here.ContainsKey("Orleans__ClusterId")) return here;
        here["Orleans__Endpoints__SiloPort"] = $"{Hosting.FreePort.Next()}";
        here["Orleans__Endpoints__GatewayPort"] = $"{Hosting.FreePort.Next()}";
        here["Orleans__Endpoints__AdvertisedIPAddress"] = "127.0.0.1";
        if (here.ContainsKey("Cluster__ListenAddress")) here["Cluster__ListenAddress"] = "127.0.0.1";
        return here;
    }

    string Place(string name, string value)
    {
        if (name is "ConnectionStrings__redis") return Of(value);
        return Authority().Replace(value, match => "://" + Of(match.Groups["authority"].Value));
        string Of(string authority) => authorities.GetValueOrDefault(authority) ?? throw new InvalidDataException($"{name} names '{authority}', which the manifest does not start.");
    }

    [GeneratedRegex("://(?<authority>[^/;]+)")]
    private static partial Regex Authority();
}
