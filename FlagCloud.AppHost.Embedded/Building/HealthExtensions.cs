using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Health;

namespace Aspire.Hosting;

public static class HealthExtensions
{
    public static IResourceBuilder<T> WithHttpHealthCheck<T>(
        this IResourceBuilder<T> builder, string? path = null, int? statusCode = null, string? endpointName = null)
        where T : IResourceWithEndpoints
    {
        var endpoint = new EndpointReference(builder.Resource, endpointName ?? "http");
        if (!endpoint.Exists)
            throw new DistributedApplicationException($"The health check of '{builder.Resource.Name}' needs its endpoint '{endpoint.EndpointName}', which it does not have.");
        return builder.With(new HttpHealthCheck(endpoint, path ?? "/", statusCode ?? 200));
    }
}
