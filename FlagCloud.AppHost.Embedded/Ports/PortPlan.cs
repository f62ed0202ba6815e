using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Ports;

/// <summary>Gives every endpoint its port before anything starts.</summary>
internal sealed class PortPlan : IDisposable
{
    readonly List<PortClaim> claims = [];

    /// <summary>What the user should know: defaults that were taken, and what is used instead.</summary>
    public List<string> Moves { get; } = [];

    public static PortPlan Assign(IEnumerable<IResource> resources, IConfiguration configuration)
    {
        var plan = new PortPlan();
        var configured = configuration.GetSection("Ports").GetChildren().ToLookup(p => int.Parse(p.Value!, CultureInfo.InvariantCulture), p => p.Path);
        var endpoints = resources.SelectMany(r => r.Annotations.OfType<EndpointAnnotation>().Select(e => (r.Name, Endpoint: e))).ToList();
        try
        {
            // Fixed ports first, so that none of them goes to an endpoint that takes any.
            foreach (var (owner, endpoint) in endpoints.OrderBy(e => e.Endpoint.Port is null or 0))
                endpoint.AllocatedPort = endpoint.TargetPort = plan.Take(owner, endpoint.Port, configured[endpoint.Port ?? 0].FirstOrDefault());
        }
        catch
        {
            plan.Dispose();
            throw;
        }
        return plan;
    }

    public void Dispose() => claims.ForEach(c => c.Dispose());

    /// <summary>A port for whoever is no resource. <paramref name="key"/> is the configuration key that the wanted one comes from; null: it is a default.</summary>
    public int Take(string owner, int? port, string? key)
    {
        var wanted = port is null or 0 ? null : port;
        var claim = wanted is { } number ? PortClaim.TryClaim(number) : PortClaim.Any();
        if (claim is null && key is not null)
            throw new DistributedApplicationException(
                $"Port {wanted} of '{owner}' ({key}={wanted}) is taken. Free it, give another one with --{key}=<port>, or leave {key} out: then a free port is used.");
        if (claim is null)
        {
            claim = PortClaim.Any();
            Moves.Add($"port {wanted} is taken, so {owner} uses {claim.Port}");
        }
        claims.Add(claim);
        return claim.Port;
    }
}
