using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Dashboard;

/// <summary>What the configuration says about the dashboard.</summary>
/// <param name="GrpcPort">The port wanted for OTLP over gRPC; null: any free one.</param>
/// <param name="RunsFolder">Where the telemetry of the last runs is kept; null: nowhere.</param>
internal sealed record DashboardSettings(bool IsOn, int Port, bool IsPortConfigured, int? GrpcPort, string? RunsFolder)
{
    const int DefaultPort = 15100;
    static readonly string DefaultRunsFolder = Path.Combine(".flagcloud", "runs");

    /// <summary>A relative folder is one beside the AppHost.</summary>
    public static DashboardSettings From(IConfiguration configuration, string appHostDirectory)
    {
        var port = configuration["Ports:Dashboard"];
        var runs = configuration["Dashboard:Runs"] ?? DefaultRunsFolder;
        return new(IsOnIn(configuration), port is null ? DefaultPort : int.Parse(port, CultureInfo.InvariantCulture), port is not null, GrpcPortIn(configuration),
            runs.Equals("none", StringComparison.OrdinalIgnoreCase) ? null : Path.GetFullPath(Path.Combine(appHostDirectory, runs)));
    }

    static bool IsOnIn(IConfiguration configuration) => configuration["Dashboard"]?.ToUpperInvariant() switch
    {
        null or "" or "ON" => true,
        "OFF" => false,
        _ => throw new UsageException($"Dashboard is '{configuration["Dashboard"]}'. Give on or off."),
    };

    // As under Aspire, the variable names where this AppHost's own dashboard listens, not where another one does.
    static int? GrpcPortIn(IConfiguration configuration) =>
        Uri.TryCreate(configuration["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"], UriKind.Absolute, out var url) && url.Port > 0 ? url.Port : null;
}
