using FlagCloud.Components;
using FlagCloud.Dashboard.Access;
using FlagCloud.Dashboard.Keeping;
using FlagCloud.Dashboard.Otlp;
using FlagCloud.Dashboard.Pages;
using FlagCloud.Dashboard.Resources;
using FlagCloud.Dashboard.Telemetry;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FlagCloud.Dashboard;

/// <summary>The dashboard as part of a host's own application. <see cref="DashboardServer"/> is one that runs by itself.</summary>
public static class DashboardExtensions
{
    public static IServiceCollection AddFlagCloudDashboard(this IServiceCollection services, DashboardOptions options)
    {
        services.AddSingleton(options);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IResourceSource, NoResources>();
        services.AddSingleton(provider => new TelemetryStore(options.Limits, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<RunRecorder>().AddHostedService(provider => provider.GetRequiredService<RunRecorder>());
        services.AddSingleton<DataCatalog>().AddSingleton<OtlpIntake>().AddSingleton<ApiKey>().AddSingleton<BrowserAccess>();
        services.AddSingleton<ResourceChanges>();
        // Nothing that is protected outlives the process, so its keys need no place on disk.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddAntiforgery();
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = options.OtlpBodyLimit;
            grpc.Interceptors.Add<GrpcKeyInterceptor>();
        });
        return services;
    }

    public static WebApplication MapFlagCloudDashboard(this WebApplication app)
    {
        app.UseMiddleware<AccessMiddleware>();
        app.UseRouting();
        app.UseAntiforgery();
        app.MapGrpcService<GrpcTraceService>();
        app.MapGrpcService<GrpcMetricsService>();
        app.MapGrpcService<GrpcLogsService>();
        app.MapOtlpHttp();
        app.MapGet("/health", () => Results.Text("Healthy"));
        app.MapLogin();
        app.MapDataEndpoints();
        app.MapSiteAssets();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(render => render.ContentSecurityFrameAncestorsPolicy = "'none'");
        return app;
    }
}
