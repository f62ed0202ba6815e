using System.Net;
using Orleans.Configuration;

namespace FlagCloud.Silo.Cluster;

/// <summary>Where the silo listens and what its platform knows of its peers, as far as Orleans' own configuration cannot say it.</summary>
static class PlatformEndpoints
{
    /// <summary>
    /// <c>Cluster:ListenAddress</c>: listen there instead of on the advertised address, which belongs to somebody else where an ingress stands
    /// before the silo (Container Apps). In a Kubernetes pod: take dead pods out of the membership as soon as Kubernetes knows of them.
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
        return IsPod(silo.Configuration) ? silo.UseKubernetesHosting() : silo;
    }

    // The first is Kubernetes' own and also set on platforms that only build on it; the second is set by our manifest.
    static bool IsPod(IConfiguration configuration) =>
        configuration["KUBERNETES_SERVICE_HOST"] is { Length: > 0 } && configuration["POD_NAME"] is { Length: > 0 };
}
