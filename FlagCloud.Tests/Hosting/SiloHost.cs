using FlagCloud.Origin;
using FlagCloud.Silo;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FlagCloud.Tests.Hosting;

/// <summary>A real silo with its HTTP API and a real origin, each on a free port in this process, over real Azurite.</summary>
public sealed class SiloHost : IAsyncDisposable
{
    readonly WebApplication origin;
    readonly WebApplication silo;

    SiloHost(WebApplication origin, WebApplication silo, string connectionString)
    {
        (this.origin, this.silo, ConnectionString) = (origin, silo, connectionString);
        (Origin, Client) = (AddressOf(origin), new HttpClient { BaseAddress = AddressOf(silo) });
    }

    public Uri Origin { get; }

    /// <summary>Speaks to the silo's API.</summary>
    public HttpClient Client { get; }

    public string ConnectionString { get; }

    public IServiceProvider Services => silo.Services;

    public static async Task<SiloHost> Start(
        AzuriteFixture azurite, IReadOnlyDictionary<string, string?>? settings = null, Action<WebApplicationBuilder>? configure = null, string? connectionString = null)
    {
        connectionString ??= await azurite.NextConnectionString();
        var origin = OriginApp.Create(["--urls", "http://127.0.0.1:0", "--environment", "Development", "--Logging:LogLevel:Default=Warning"]);
        await origin.StartAsync();
        for (var attempt = 1; ; attempt++)
        {
            var builder = WebApplication.CreateBuilder(new WebApplicationOptions
            {
                ApplicationName = "FlagCloud.Silo",
                EnvironmentName = "Development",
                ContentRootPath = Repository.PathTo("FlagCloud.Silo"),
                Args = ["--urls", "http://127.0.0.1:0"],
            });
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["ConnectionStrings:blobs"] = connectionString,
                ["Flags:Origin"] = AddressOf(origin).ToString(),
                ["Flags:RetryDelay"] = "00:00:00.005",
                ["Orleans:Endpoints:SiloPort"] = $"{FreePort.Next()}",
                ["Orleans:Endpoints:GatewayPort"] = $"{FreePort.Next()}",
                ["Logging:LogLevel:Default"] = "Warning",
            });
            builder.Configuration.AddInMemoryCollection(settings ?? new Dictionary<string, string?>());
            builder.Logging.ClearProviders();
            configure?.Invoke(builder);
            var silo = SiloApp.Create(builder);
            try
            {
                await silo.StartAsync();
                return new(origin, silo, connectionString);
            }
            catch (Exception) when (attempt < 5)
            {
                await silo.DisposeAsync(); // A port was taken between its choice and its use.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await silo.StopAsync();
        await silo.DisposeAsync();
        await origin.StopAsync();
        await origin.DisposeAsync();
    }

    static Uri AddressOf(WebApplication app) => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
}
