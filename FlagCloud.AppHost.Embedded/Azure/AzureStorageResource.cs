using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Azure;

public sealed class AzureStorageResource(string name) : Resource(name);
