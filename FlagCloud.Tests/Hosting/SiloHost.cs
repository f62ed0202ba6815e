using FlagCloud.Silo;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace FlagCloud.Tests.Hosting;

/// <summary>A real silo with its HTTP API and a real origin, each on a free port in this process, over real Azurite.</summary>
public sealed class SiloHost : IAsyncDisposable
{
    readonly OriginFixture origin;
    readonly WebApplication silo;

    SiloHost(OriginFixture origin, WebApplication silo, string connectionString)
    {
        (this.origin, this.silo, ConnectionString) = (origin, silo, connectionString);
        Client = new HttpClient { BaseAddress = new(silo.Urls.Single()) };
    }

    public OriginFixture Origin => origin;

    /// <summary>Speaks to the silo's API.</summary>
    public HttpClient Client { get; }

    public string ConnectionString { get; }

    public IServiceProvider Services => silo.Services;

    public static async Task<SiloHost> Start(
        AzuriteFixture azurite, IReadOnlyDictionary<string, string?>? settings = null, Action<WebApplicationBuilder>? configure = null, string? connectionString = null,
        string environment = "Development")
    {
        connectionString ??= await azurite.NextConnectionString();
        var origin = await OriginFixture.StartAsync();
        for (var attempt = 1; ; attempt++)
        {
            var builder = WebApplication.CreateBuilder(new WebApplicationOptions
            {
                ApplicationName = "FlagCloud.Silo",
                EnvironmentName = environment,
                ContentRootPath = Repository.PathTo("FlagCloud.Silo"),
                Args = ["--urls", "http://127.0.0.1:0"],
            });
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["ConnectionStrings:blobs"] = connectionString,
                ["Flags:Origin"] = origin.BaseAddress.ToString(),
                ["ConnectionStrings:tables"] = "UseDevelopmentStorage=true",
                ["Orleans:Clustering:ProviderType"] = "Development",
                ["Orleans:Reminders:ProviderType"] = "Memory",
                ["Orleans:Endpoints:AdvertisedIPAddress"] = "127.0.0.1",
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
        await origin.DisposeAsync();
    }
}
