using System.Net;
using FlagCloud.Dashboard.Resources;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Hosting;

namespace FlagCloud.Dashboard;

/// <summary>The dashboard with a web server of its own, on loopback: pages and OTLP over HTTP on one port, OTLP over gRPC on another.</summary>
public sealed class DashboardServer : IAsyncDisposable
{
    static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(1);
    readonly WebApplication _app;
    readonly DashboardOptions _options;

    DashboardServer(WebApplication app, DashboardOptions options, int port, int grpcPort)
    {
        (_app, _options) = (app, options);
        Url = $"http://{(options.Port == 0 ? "127.0.0.1" : "localhost")}:{port}";
        OtlpHttpUrl = $"http://127.0.0.1:{port}";
        OtlpGrpcUrl = $"http://127.0.0.1:{grpcPort}";
    }

    public string Url { get; }

    /// <summary>What to print: it opens the pages once and is changed for a cookie.</summary>
    public string LoginUrl => $"{Url}/login?t={_options.BrowserToken}";

    public string OtlpHttpUrl { get; }

    public string OtlpGrpcUrl { get; }

    /// <summary>The value of OTEL_EXPORTER_OTLP_HEADERS.</summary>
    public string OtlpHeaders => $"{Otlp.ApiKey.Header}={_options.OtlpApiKey}";

    internal IServiceProvider Services => _app.Services;

    /// <summary>A port that is taken is an <see cref="IOException"/> of the server; <paramref name="logging"/> says where its own log goes, by default nowhere.</summary>
    public static async Task<DashboardServer> StartAsync(
        DashboardOptions options, IResourceSource? resources = null, Action<ILoggingBuilder>? logging = null, CancellationToken cancel = default)
    {
        // Empty, so that the environment and the settings of the AppHost do not configure the dashboard's server as well.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = typeof(DashboardServer).Assembly.GetName().Name });
        logging?.Invoke(builder.Logging);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            Listen(kestrel, options.Port, HttpProtocols.Http1);
            Listen(kestrel, options.GrpcPort, HttpProtocols.Http2);
        });
        builder.Services.AddRouting();
        builder.Services.AddSingleton<IHostLifetime, GuestLifetime>();
        // An open page holds its connection for as long as it may; the program that ends is not to wait for it.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        if (resources is not null) builder.Services.AddSingleton(resources);
        builder.Services.AddFlagCloudDashboard(options);
        var app = builder.Build();
        app.MapFlagCloudDashboard();
        await app.StartAsync(cancel);
        var addresses = app.Urls.ToList();
        return new DashboardServer(app, options, PortOf(addresses[0]), PortOf(addresses[^1]));
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    // Port 0 means one of Kestrel's choice, which it can make for one address only.
    static void Listen(KestrelServerOptions kestrel, int port, HttpProtocols protocols)
    {
        if (port == 0) kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = protocols);
        else kestrel.ListenLocalhost(port, listen => listen.Protocols = protocols);
    }

    static int PortOf(string address) => new Uri(address).Port;
}
