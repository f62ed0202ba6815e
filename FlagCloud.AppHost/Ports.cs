using System.Diagnostics;
using System.Net;
using System.Net.NetworkInformation;

/// <summary>
/// Looks at the fixed ports before anything starts. Aspire itself starts its parts all the same, and they then answer to, or call, whoever has the port.
/// </summary>
static class Ports
{
    static readonly string[] DashboardAddresses = ["ASPNETCORE_URLS", "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL", "ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL"];

    // What a killed run leaves behind ends by itself within this time.
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public static void CheckPorts(this IDistributedApplicationBuilder builder)
    {
        if (!builder.ExecutionContext.IsRunMode || builder.Configuration.GetValue<bool>("DcpPublisher:RandomizePorts")) return;
        builder.OnBeforeStart(async (_, cancellationToken) =>
        {
            var begun = Stopwatch.GetTimestamp();
            var isSaid = false;
            foreach (var (port, user) in Fixed(builder).Distinct())
            {
                for (; IsTaken(port); await Task.Delay(200, cancellationToken))
                {
                    if (Stopwatch.GetElapsedTime(begun) > Patience)
                        throw new DistributedApplicationException(
                            $"Port {port}, which is {user}'s, is taken. End the process that listens on it, choose another port (README.md, options), "
                            + "or run beside it on free ports: --launch-profile beside.");
                    if (isSaid) continue;
                    isSaid = true;
                    await Console.Error.WriteLineAsync($"Port {port} is taken. If that is a run that was killed, it will soon be free; waiting up to {Patience.TotalSeconds} s.");
                }
            }
        });
    }

    static IEnumerable<(int Port, string User)> Fixed(IDistributedApplicationBuilder builder)
    {
        var ofResources = builder.Resources.SelectMany(
            resource => resource.Annotations.OfType<EndpointAnnotation>(), (resource, endpoint) => (Port: endpoint.Port ?? 0, User: resource.Name));
        var ofDashboard = DashboardAddresses.SelectMany(key => (builder.Configuration[key] ?? "").Split(';'))
            .Select(url => (Port: Uri.TryCreate(url, UriKind.Absolute, out var address) ? address.Port : 0, User: "the dashboard"));
        return ofResources.Concat(ofDashboard).Where(one => one.Port > 0);
    }

    static bool IsTaken(int port) => IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners()
        .Any(taken => taken.Port == port && (IPAddress.IsLoopback(taken.Address) || taken.Address.Equals(IPAddress.Any) || taken.Address.Equals(IPAddress.IPv6Any)));
}
