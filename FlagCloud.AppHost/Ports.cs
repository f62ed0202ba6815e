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
        if (builder.ExecutionContext.IsRunMode) builder.Eventing.Subscribe<BeforeStartEvent>((start, cancellationToken) => CheckAsync(Fixed(builder), cancellationToken));
    }

    static List<(int Port, string User)> Fixed(IDistributedApplicationBuilder builder)
    {
        if (builder.Configuration.GetValue<bool>("DcpPublisher:RandomizePorts")) return [];
        var ofResources =
            from resource in builder.Resources
            from endpoint in resource.Annotations.OfType<EndpointAnnotation>()
            where endpoint.Port is > 0
            select (endpoint.Port!.Value, resource.Name);
        var ofDashboard =
            from key in DashboardAddresses
            from url in (builder.Configuration[key] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries)
            where Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Port > 0
            select (new Uri(url).Port, "the dashboard");
        return [.. ofResources, .. ofDashboard];
    }

    static async Task CheckAsync(List<(int Port, string User)> ports, CancellationToken cancellationToken)
    {
        var begun = Stopwatch.GetTimestamp();
        var waiting = false;
        foreach (var (port, user) in ports.Distinct())
        {
            while (IsTaken(port))
            {
                if (Stopwatch.GetElapsedTime(begun) > Patience)
                    throw new DistributedApplicationException(
                        $"Port {port}, which is {user}'s, is taken. End the process that listens on it, choose another port (README.md, options), or run beside it on free ports: --launch-profile beside.");
                if (!waiting) await Console.Error.WriteLineAsync($"Port {port} is taken. If that is a run that was killed, it will soon be free; waiting up to {Patience.TotalSeconds} s.");
                waiting = true;
                await Task.Delay(200, cancellationToken);
            }
        }
    }

    static bool IsTaken(int port) => IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners()
        .Any(taken => taken.Port == port && (IPAddress.IsLoopback(taken.Address) || taken.Address.Equals(IPAddress.Any) || taken.Address.Equals(IPAddress.IPv6Any)));
}
