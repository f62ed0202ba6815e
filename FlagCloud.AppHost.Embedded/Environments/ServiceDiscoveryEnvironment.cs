using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Environments;

/// <summary>How a reference to another resource looks: services__origin__http__0 and ORIGIN_HTTP.</summary>
internal static partial class ServiceDiscoveryEnvironment
{
    public static void Add(EnvironmentCallbackContext context, IResource target, IEnumerable<EndpointReference> endpoints)
    {
        foreach (var endpoint in endpoints)
        {
            context.EnvironmentVariables[$"services__{target.Name}__{endpoint.EndpointName}__0"] = endpoint;
            context.EnvironmentVariables[$"{Encode(target.Name)}_{Encode(endpoint.EndpointName)}"] = endpoint;
        }
    }

    /// <summary>A resource's name as part of a variable's: SILO_WORKER.</summary>
    public static string Encode(string name) => NotAlphanumeric().Replace(name, "_").ToUpperInvariant();

    [GeneratedRegex("[^A-Za-z0-9]")]
    private static partial Regex NotAlphanumeric();
}
