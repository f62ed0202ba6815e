using Azure.Identity;
using Azure.Storage.Blobs;

namespace FlagCloud.Silo.Storage;

/// <summary>The blob service of connection <c>blobs</c>: Azurite's connection string, or a storage account's address.</summary>
static class BlobStorage
{
    public static IServiceCollection AddBlobStorage(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(Client(configuration.GetConnectionString("blobs")))
        .AddHostedService<ContainerSetup>();

    static BlobServiceClient Client(string? connection)
    {
        var options = new BlobClientOptions
        {
            Retry = { MaxRetries = 5, Delay = TimeSpan.FromMilliseconds(300), MaxDelay = TimeSpan.FromSeconds(5), NetworkTimeout = TimeSpan.FromSeconds(20) },
        };
        if (string.IsNullOrWhiteSpace(connection))
            throw new InvalidOperationException(
                "The connection 'blobs' is not configured. Set ConnectionStrings__blobs to Azurite's connection string or to a storage account's address "
                + "(https://<account>.blob.core.windows.net/); the AppHost does so by itself.");
        return Uri.TryCreate(connection, UriKind.Absolute, out var account) && (account.Scheme is "http" or "https")
            ? new(account, new DefaultAzureCredential(), options)
            : new(connection, options);
    }
}
