using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Extensions.Hosting;

/// <summary>
/// The storage account's clients, under the names that Aspire's client integrations have. A connection is Azurite's connection string, or the address of
/// a storage account's service, which is used with the identity that the process runs under.
/// </summary>
public static class AzureStorageClients
{
    /// <summary>Registers the <see cref="BlobServiceClient"/> of a connection.</summary>
    public static TBuilder AddAzureBlobServiceClient<TBuilder>(this TBuilder builder, string connectionName, Action<BlobClientOptions>? configure = null)
        where TBuilder : IHostApplicationBuilder
    {
        builder.Services.AddSingleton(BlobClient(builder.Configuration, connectionName, configure));
        return builder;
    }

    /// <summary>Registers another <see cref="BlobServiceClient"/> of a connection, with options of its own, under the connection's name.</summary>
    public static TBuilder AddKeyedAzureBlobServiceClient<TBuilder>(this TBuilder builder, string name, Action<BlobClientOptions>? configure = null)
        where TBuilder : IHostApplicationBuilder
    {
        builder.Services.AddKeyedSingleton(name, BlobClient(builder.Configuration, name, configure));
        return builder;
    }

    /// <summary>Registers the <see cref="TableServiceClient"/> of a connection under its name, which is where Orleans' providers look for it (ServiceKey).</summary>
    public static TBuilder AddKeyedAzureTableServiceClient<TBuilder>(this TBuilder builder, string name) where TBuilder : IHostApplicationBuilder
    {
        var connection = Connection(builder.Configuration, name, "table");
        // Orleans' membership asks its table several times a minute for as long as it runs. Without a propagator the handler makes no spans, so
        // that traces are left to what somebody asked for.
        var options = new TableClientOptions { Transport = new HttpClientTransport(new HttpClient(new SocketsHttpHandler { ActivityHeadersPropagator = null })) };
        builder.Services.AddKeyedSingleton(name, IsAddress(connection, out var account)
            ? new TableServiceClient(account, new DefaultAzureCredential(), options)
            : new TableServiceClient(connection, options));
        return builder;
    }

    static BlobServiceClient BlobClient(IConfiguration configuration, string name, Action<BlobClientOptions>? configure)
    {
        var connection = Connection(configuration, name, "blob");
        var options = new BlobClientOptions();
        configure?.Invoke(options);
        return IsAddress(connection, out var account)
            ? new BlobServiceClient(account, new DefaultAzureCredential(), options)
            : new BlobServiceClient(connection, options);
    }

    static string Connection(IConfiguration configuration, string name, string service) =>
        configuration.GetConnectionString(name) is { } connection && !string.IsNullOrWhiteSpace(connection)
            ? connection
            : throw new InvalidOperationException(
                $"The connection '{name}' is not configured. Set ConnectionStrings__{name} to Azurite's connection string or to the address of a storage account's "
                + $"{service} service (https://<account>.{service}.core.windows.net/); the AppHost does so by itself.");

    static bool IsAddress(string connection, out Uri account) =>
        Uri.TryCreate(connection, UriKind.Absolute, out account!) && (account.Scheme is "http" or "https");
}
