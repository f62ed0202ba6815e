using System.Net;
using Orleans.Configuration;

namespace FlagCloud.Silo;

/// <summary>How the silo takes part in its cluster, as far as Orleans' own configuration cannot say it: what it is called, where it listens, when another is dead.</summary>
static class ClusterMembership
{
    /// <summary>A silo is called in records and spans what the orchestrator calls it in telemetry: service name and instance.</summary>
    public static ISiloBuilder UseSiloName(this ISiloBuilder silo)
    {
        const string Instance = "service.instance.id=";
        if (silo.Configuration["Orleans:Name"] is not null || silo.Configuration["OTEL_SERVICE_NAME"] is not { Length: > 0 } service) return silo;
        var instance = (silo.Configuration["OTEL_RESOURCE_ATTRIBUTES"] ?? "").Split(',').FirstOrDefault(attribute => attribute.StartsWith(Instance, StringComparison.Ordinal));
        return instance is null ? silo : silo.Configure<SiloOptions>(options => options.SiloName = $"{service}-{instance[Instance.Length..]}");
    }

    /// <summary><c>Cluster:ListenAddress</c>: where to listen if the advertised address is somebody else's, such as of an ingress before the silo (Container Apps).</summary>
    public static ISiloBuilder UseListenAddress(this ISiloBuilder silo)
    {
        if (silo.Configuration["Cluster:ListenAddress"] is not { Length: > 0 } text) return silo;
        if (!IPAddress.TryParse(text, out var address)) throw new InvalidOperationException($"Cluster:ListenAddress is an IP address such as 0.0.0.0, not '{text}'.");
        silo.Services.PostConfigure<EndpointOptions>(options =>
        {
            options.SiloListeningEndpoint = new(address, options.SiloPort);
            options.GatewayListeningEndpoint = options.GatewayPort is 0 ? null : new(address, options.GatewayPort);
        });
        return silo;
    }

    /// <summary>How soon a small cluster takes a silent silo for dead. docs/how-it-works.md has what that gives.</summary>
    // Three probes, two seconds apart, each with two seconds to answer. A pause shorter than that (a long collection, a busy machine) costs nothing; after
    // a longer one the silo finds itself expelled, and ends.
    public static ISiloBuilder UseFailureDetection(this ISiloBuilder silo) => silo.Configure<ClusterMembershipOptions>(options =>
    {
        // Orleans would adapt the time to between half and four times this, and lets nobody vote against a silo that was heard of within the longest of
        // it times three: 24 s of silence instead of 6.
        options.ProbeTimeout = options.MinProbeTimeout = options.MaxProbeTimeout = TimeSpan.FromSeconds(2);
        options.NumMissedProbesLimit = 3;
        // Where packets are lost without a word, the silo that is asked to probe for another answers too late, and that never counts as a miss.
        options.EnableIndirectProbes = false;
        // Of silos that all died at once there is nobody left to vote: those that come instead wait until the dead have not said for three times this that they are alive.
        options.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
        // A silo that begins again at its address writes down that its former self is dead. If another writes at that moment, it does so when it reads the table next,
        // and until then nobody joins: they try to reach the former self first.
        options.TableRefreshTimeout = TimeSpan.FromSeconds(5);
    });
}
