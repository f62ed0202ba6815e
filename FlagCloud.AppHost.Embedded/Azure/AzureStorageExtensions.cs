using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Azure;

namespace Aspire.Hosting;

/// <summary>Lets the publish branch of an AppHost compile; the embedded orchestrator never takes it.</summary>
public static class AzureStorageExtensions
{
    public static IResourceBuilder<AzureStorageResource> AddAzureStorage(this IDistributedApplicationBuilder builder, string name) => throw PublishOnly();

    public static IResourceBuilder<AzureBlobStorageResource> AddBlobs(this IResourceBuilder<AzureStorageResource> builder, string name) => throw PublishOnly();

    internal static DistributedApplicationException PublishOnly() =>
        new("Azure storage is for publishing, which needs Aspire's own orchestrator: -p:Orchestrator=Aspire.");
}
