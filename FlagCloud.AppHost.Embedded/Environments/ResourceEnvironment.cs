using System.Security.Cryptography;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Environments;

/// <summary>The variables of one start of a resource, resolved to text.</summary>
internal static class ResourceEnvironment
{
    // What belongs to the AppHost alone. Aspire's project environment has these names with other values, or not at all.
    static readonly string[] OwnToAppHost =
    [
        "ASPNETCORE_URLS", "ASPNETCORE_HTTPS_PORT", "ASPNETCORE_HTTPS_PORTS", "HTTP_PORTS", "HTTPS_PORTS", "URLS", "DOTNET_LAUNCH_PROFILE",
        "ASPIRE_ALLOW_UNSECURED_TRANSPORT", "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL", "ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL", "ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL",
    ];

    public static async Task<IReadOnlyDictionary<string, string>> ResolveAsync(IResource resource, CancellationToken cancellationToken)
    {
        var instance = (resource as ProjectResource)?.ReplicaOf is { } replicated
            ? resource.Name[(replicated.Name.Length + 1)..]
            : RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz", 8);
        var context = new EnvironmentCallbackContext(resource, instance);
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>())
            annotation.Callback(context);
        var variables = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in context.EnvironmentVariables)
            variables[name] = value is IValueProvider provider ? await provider.GetValueAsync(cancellationToken) ?? "" : value.ToString() ?? "";
        return variables;
    }

    /// <summary>The AppHost's own environment without what is its own, with a resource's variables on top.</summary>
    public static void Apply(IReadOnlyDictionary<string, string> variables, IDictionary<string, string?> environment)
    {
        foreach (var name in environment.Keys.Where(k => OwnToAppHost.Contains(k, StringComparer.OrdinalIgnoreCase)).ToList())
            environment.Remove(name);
        foreach (var (name, value) in variables)
            environment[name] = value;
    }
}
