using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;

namespace Aspire.Hosting;

public static class CommandExtensions
{
    /// <summary>Adds a button to the dashboard that sends a request to the resource. All of <paramref name="path"/> is path: it cannot hold a query.</summary>
    public static IResourceBuilder<TResource> WithHttpCommand<TResource>(
        this IResourceBuilder<TResource> builder, string path, string displayName, string? endpointName = null, string? commandName = null,
        HttpCommandOptions? commandOptions = null)
        where TResource : IResourceWithEndpoints
    {
        var endpoint = new EndpointReference(builder.Resource, endpointName ?? "http");
        if (!endpoint.Exists)
            throw new DistributedApplicationException($"The command '{displayName}' of '{builder.Resource.Name}' needs its endpoint '{endpoint.EndpointName}', which it does not have.");
        var options = commandOptions ?? new();
        var name = commandName ?? $"{endpoint.EndpointName}-{options.Method ?? HttpMethod.Post}-{path}".ToLowerInvariant();
        return builder.With(new HttpCommand(name, displayName, endpoint, path, options));
    }
}
