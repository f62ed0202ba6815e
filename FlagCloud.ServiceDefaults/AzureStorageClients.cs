using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Extensions.Hosting;

/// <summary>
/// The storage account's clients, under the names that Aspire's client integrations have. A connection is Azurite's connection string, or the address of
/// a storage account's service, which is used with the identity that the process runs under.
/// </summary>
public static class AzureStorageClients
{
    public static void AddAzureBlobServiceClient(this IHostApplicationBuilder builder, string name, Action<BlobClientOptions> configure) =>
        builder.Services.AddSingleton(BlobClient(builder.Configuration, name, configure));

    /// <summary>Another client of the connection, with options of its own, under the connection's name.</summary>
    public static void AddKeyedAzureBlobServiceClient(this IHostApplicationBuilder builder, string name, Action<BlobClientOptions> configure) =>
        builder.Services.AddKeyedSingleton(name, BlobClient(builder.Configuration, name, configure));

    /// <summary>Under the connection's name, which is where Orleans' providers look for it (ServiceKey).</summary>
    public static void AddKeyedAzureTableServiceClient(this IHostApplicationBuilder builder, string name)
    {
        // Orleans' membership asks its table several times a minute for as long as it runs. Without a propagator the handler makes no spans, so
        // that traces are left to what somebody asked for.
        var options = new TableClientOptions { Transport = new HttpClientTransport(new HttpClient(new SocketsHttpHandler { ActivityHeadersPropagator = null })) };
        builder.Services.AddKeyedSingleton(name, Client(
            builder.Configuration, name, "table", account => new TableServiceClient(account, new DefaultAzureCredential(), options), connection => new(connection, options)));
    }

    static BlobServiceClient BlobClient(IConfiguration configuration, string name, Action<BlobClientOptions> configure)
    {
        var options = new BlobClientOptions();
        configure(options);
        return Client(configuration, name, "blob", account => new BlobServiceClient(account, new DefaultAzureCredential(), options), connection => new(connection, options));
    }

    static TClient Client<TClient>(IConfiguration configuration, string name, string service, Func<Uri, TClient> ofAccount, Func<string, TClient> ofConnectionString)
    {
        var connection = configuration.GetConnectionString(name);
        if (string.IsNullOrWhiteSpace(connection))
            throw new InvalidOperationException(
                $"The connection '{name}' is not configured. Set ConnectionStrings__{name} to Azurite's connection string or to the address of a storage account's "
                + $"{service} service (https://<account>.{service}.core.windows.net/); the AppHost does so by itself.");
        return Uri.TryCreate(connection, UriKind.Absolute, out var account) && account.Scheme is "http" or "https" ? ofAccount(account) : ofConnectionString(connection);
    }
}
