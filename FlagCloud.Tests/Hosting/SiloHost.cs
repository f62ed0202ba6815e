using System.Net;
using FlagCloud.Silo;
using FlagCloud.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FlagCloud.Tests.Hosting;

/// <summary>A real origin, silo and web, each on free ports in this process, over real Azurite: blobs for flags and records, tables for the cluster.</summary>
public sealed class SiloHost : IAsyncDisposable
{
    static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    readonly AzuriteFixture azurite;
    readonly OriginFixture origin;
    readonly Dictionary<string, string?> settings;
    readonly string environment;
    readonly Action<WebApplicationBuilder>? configure;
    WebApplication? silo;
    WebApplication? web;
    Task? webStart;
    int disposed;

    SiloHost(
        AzuriteFixture azurite, OriginFixture origin, string connectionString, IReadOnlyDictionary<string, string?>? settings = null, string environment = "Development",
        Action<WebApplicationBuilder>? configure = null)
    {
        (this.azurite, this.origin, this.environment, this.configure, ConnectionString) = (azurite, origin, environment, configure, connectionString);
        azurite.EndsFirst(this);
        this.settings = new()
        {
            ["ConnectionStrings:blobs"] = connectionString,
            ["ConnectionStrings:tables"] = connectionString,
            ["Orleans:ClusterId"] = "tests",
            ["Orleans:ServiceId"] = "flagcloud",
            ["Orleans:Clustering:ProviderType"] = "AzureTableStorage",
            ["Orleans:Clustering:ServiceKey"] = "tables",
            ["Logging:LogLevel:Default"] = "Warning",
        };
        foreach (var (name, value) in settings ?? new Dictionary<string, string?>()) this.settings[name] = value;
    }

    public OriginFixture Origin => origin;

    /// <summary>Speaks to the web.</summary>
    public HttpClient Client { get; } = new();

    /// <summary>Speaks to the silo, which answers to probes and nothing else.</summary>
    public HttpClient Probe { get; private set; } = new();

    public string ConnectionString { get; }

    /// <summary>The silo's.</summary>
    public IServiceProvider Services => silo!.Services;

    public IServiceProvider WebServices => web!.Services;

    /// <param name="settings">Of silo and web alike, on top of what they need to find each other.</param>
    /// <param name="configure">The silo.</param>
    /// <param name="configureWeb">The web.</param>
    public static async Task<SiloHost> Start(
        AzuriteFixture azurite, IReadOnlyDictionary<string, string?>? settings = null, Action<WebApplicationBuilder>? configure = null, string? connectionString = null,
        string environment = "Development", Action<WebApplicationBuilder>? configureWeb = null)
    {
        var host = new SiloHost(azurite, await OriginFixture.StartAsync(), connectionString ?? await azurite.NextConnectionString(), settings, environment, configure);
        try
        {
            await host.StartSilo();
            await host.StartWeb(configureWeb);
            await host.Becomes(HttpStatusCode.OK);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>A web without a silo, for tests of what it says then.</summary>
    public static async Task<SiloHost> StartWithoutSilo(AzuriteFixture azurite, string? connectionString = null)
    {
        var host = new SiloHost(azurite, await OriginFixture.StartAsync(), connectionString ?? await azurite.NextConnectionString());
        await host.StartWeb(null);
        return host;
    }

    public async Task StartSilo()
    {
        var builder = Builder("FlagCloud.Silo", new()
        {
            ["Flags:Origin"] = origin.BaseAddress.ToString(),
            ["Flags:RetryDelay"] = "00:00:00.005",
            ["Orleans:Reminders:ProviderType"] = "AzureTableStorage",
            ["Orleans:Reminders:ServiceKey"] = "tables",
            ["Orleans:Endpoints:AdvertisedIPAddress"] = "127.0.0.1",
            ["Orleans:Endpoints:SiloPort"] = $"{FreePort.Next()}",
            ["Orleans:Endpoints:GatewayPort"] = $"{FreePort.Next()}",
        });
        configure?.Invoke(builder);
        var app = SiloApp.Create(builder);
        try
        {
            await app.StartAsync();
        }
        catch
        {
            await app.DisposeAsync(); // What has not begun cannot be stopped.
            throw;
        }
        silo = app;
        Probe.Dispose();
        Probe = new() { BaseAddress = new(silo.Urls.Single()) };
    }

    public async Task StopSilo()
    {
        await silo!.StopAsync();
        await silo.DisposeAsync();
        silo = null;
    }

    /// <summary>Waits until the web's readiness is as expected.</summary>
    public async Task Becomes(HttpStatusCode status, string path = "/health")
    {
        using var deadline = new CancellationTokenSource(Deadline);
        using var clock = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        HttpStatusCode? seen = null;
        try
        {
            while (true)
            {
                using (var response = await Client.GetAsync(path, deadline.Token)) seen = response.StatusCode;
                if (seen == status) return;
                await clock.WaitForNextTickAsync(deadline.Token);
            }
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"{path} was to become {status} within {Deadline.TotalSeconds} s and is still {seen}.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) is 1) return;
        Client.Dispose();
        Probe.Dispose();
        if (web is not null)
        {
            if (webStart is { IsFaulted: false }) await web.StopAsync();
            await web.DisposeAsync();
        }
        if (silo is not null) await StopSilo();
        await origin.DisposeAsync();
        azurite.Forget(this);
    }

    async Task StartWeb(Action<WebApplicationBuilder>? configureWeb)
    {
        var port = FreePort.Next();
        var builder = Builder("FlagCloud.Web", [], port);
        builder.WebHost.UseStaticWebAssets();
        configureWeb?.Invoke(builder);
        web = WebApp.Create(builder);
        Client.BaseAddress = new($"http://127.0.0.1:{port}");
        // Its start is done when it has found a silo, and it serves before.
        webStart = web.StartAsync();
        using var deadline = new CancellationTokenSource(Deadline);
        while (!await Serves(deadline.Token))
        {
            if (webStart.IsFaulted) await webStart;
            await Task.Delay(10, deadline.Token);
        }
    }

    async Task<bool> Serves(CancellationToken cancellationToken)
    {
        try
        {
            using var response = await Client.GetAsync("/alive", cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false; // It does not listen yet.
        }
    }

    WebApplicationBuilder Builder(string name, Dictionary<string, string?> defaults, int port = 0)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = name, EnvironmentName = environment, ContentRootPath = Repository.PathTo(name), Args = ["--urls", $"http://127.0.0.1:{port}"] });
        builder.Configuration.AddInMemoryCollection(defaults).AddInMemoryCollection(settings);
        builder.Logging.ClearProviders();
        return builder;
    }
}
