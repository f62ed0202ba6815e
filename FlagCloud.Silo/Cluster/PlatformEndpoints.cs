using System.Net;
using Orleans.Configuration;

namespace FlagCloud.Silo.Cluster;

/// <summary>Where the silo listens, as far as Orleans' own configuration cannot say it.</summary>
static class PlatformEndpoints
{
    /// <summary>
    /// <c>Cluster:ListenAddress</c>: listen there instead of on the advertised address, which belongs to somebody else where an ingress stands
    /// before the silo (Container Apps).
    /// </summary>
    public static ISiloBuilder UsePlatformEndpoints(this ISiloBuilder silo)
    {
        if (silo.Configuration["Cluster:ListenAddress"] is { Length: > 0 } text)
        {
            var address = IPAddress.TryParse(text, out var parsed)
                ? parsed
                : throw new InvalidOperationException($"Cluster:ListenAddress is an IP address such as 0.0.0.0, not '{text}'.");
            silo.Services.PostConfigure<EndpointOptions>(options =>
            {
                options.SiloListeningEndpoint = new(address, options.SiloPort);
                options.GatewayListeningEndpoint = options.GatewayPort is 0 ? null : new(address, options.GatewayPort);
            });
        }
        return silo;
    }
}
