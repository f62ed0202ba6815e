using System.Net.Sockets;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Environments;

/// <summary>Where children send their telemetry: the one place that decides it.</summary>
internal sealed record OtlpTarget(string Endpoint, string Protocol, string? ApiKey)
{
    /// <summary>
    /// For an app without a dashboard of its own: whoever listens where one would. Telemetry sent to nobody would only cost time.
    /// </summary>
    public static OtlpTarget? From(IConfiguration configuration)
    {
        var key = configuration["AppHost:OtlpApiKey"];
        return configuration["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] is { Length: > 0 } grpc && Listens(grpc) ? new(grpc, "grpc", key)
            : configuration["ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL"] is { Length: > 0 } http && Listens(http) ? new(http, "http/protobuf", key)
            : null;
    }

    static bool Listens(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri))
            return false;
        try
        {
            using var client = new TcpClient();
            return client.ConnectAsync(uri.Host, uri.Port).Wait(TimeSpan.FromMilliseconds(300));
        }
        catch (AggregateException)
        {
            return false;
        }
    }
}
