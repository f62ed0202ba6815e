using Aspire.Hosting.Environments;
using Aspire.Hosting.Output;
using Aspire.Hosting.Ports;
using Aspire.Hosting.Running;
using FlagCloud.Dashboard;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dashboard;

/// <summary>
/// The dashboard, hosted by the AppHost's own process. Its ports and keys are known before it listens, so that it starts beside the
/// children, not before them: what they send meanwhile they send again.
/// </summary>
internal sealed class AppDashboard : IAsyncDisposable
{
    readonly DashboardOptions options;
    Task<DashboardServer?> server = Task.FromResult<DashboardServer?>(null);

    AppDashboard(DashboardOptions options) => this.options = options;

    public string Address => $"http://localhost:{options.Port}";

    /// <summary>Where the children send their telemetry.</summary>
    public OtlpTarget Target => new($"http://localhost:{options.GrpcPort}", "grpc", options.OtlpApiKey);

    /// <summary>Takes its ports; null where it is switched off.</summary>
    public static AppDashboard? Plan(DashboardSettings settings, PortPlan ports) => !settings.IsOn ? null : new(new()
    {
        Port = ports.Take("dashboard", settings.Port, settings.IsPortConfigured ? "Ports:Dashboard" : null),
        GrpcPort = ports.Take("the dashboard's OTLP", settings.GrpcPort, key: null),
        RunsFolder = settings.RunsFolder,
    });

    public void Start(Orchestrator orchestrator, Terminal terminal)
    {
        var resources = new OrchestratorResources(orchestrator);
        (options.Links, options.LinkOf) = (resources.Links, resources.LinkOf);
        server = Task.Run(() => StartAsync(resources, terminal));
    }

    /// <summary>The link that opens it, once it listens; null if it does not.</summary>
    public async Task<string?> LinkAsync() => (await server)?.LoginUrl;

    public async ValueTask DisposeAsync()
    {
        if (await server is { } running)
            await running.DisposeAsync();
    }

    // The app does its work without a dashboard as well, so this is no reason to end it.
    async Task<DashboardServer?> StartAsync(OrchestratorResources resources, Terminal terminal)
    {
        try
        {
            var started = await DashboardServer.StartAsync(options, resources, logging => logging.AddProvider(new TerminalLog(terminal)));
            terminal.Say($"Dashboard: {started.LoginUrl}");
            terminal.Detail($"The dashboard takes OTLP over gRPC at {started.OtlpGrpcUrl} and over HTTP at {started.OtlpHttpUrl}, with the header {started.OtlpHeaders}.");
            return started;
        }
        catch (IOException e)
        {
            terminal.Error($"The dashboard could not be started, and the app runs without it: {e.Message}");
            return null;
        }
    }
}
