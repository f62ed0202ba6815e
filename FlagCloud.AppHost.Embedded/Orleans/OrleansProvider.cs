using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orleans;

/// <summary>What stands behind a part of a cluster, such as its membership: something of Orleans' own, or a resource.</summary>
/// <param name="Type">As Orleans knows it: Development, Memory, Redis.</param>
/// <param name="Store">Null where Orleans needs none.</param>
internal sealed record OrleansProvider(string Type, IResourceBuilder<IResourceWithConnectionString>? Store = null)
{
    /// <summary>A provider's type is the resource's: RedisResource is Redis.</summary>
    public static OrleansProvider Of(IResourceBuilder<IResourceWithConnectionString> store) =>
        new(store.Resource.GetType().Name.Replace("Resource", "", StringComparison.Ordinal), store);

    public void Describe(EnvironmentCallbackContext context, string part)
    {
        context.EnvironmentVariables[$"Orleans__{part}__ProviderType"] = Type;
        if (Store is not null) context.EnvironmentVariables[$"Orleans__{part}__ServiceKey"] = Store.Resource.Name;
    }
}
