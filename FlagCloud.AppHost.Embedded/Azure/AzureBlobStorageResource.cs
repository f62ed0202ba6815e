using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Azure;

public sealed class AzureBlobStorageResource(string name, AzureStorageResource storage) : Resource(name), IResourceWithConnectionString
{
    public AzureStorageResource Parent { get; } = storage;

    public ReferenceExpression ConnectionStringExpression => throw AzureStorageExtensions.PublishOnly();
}
