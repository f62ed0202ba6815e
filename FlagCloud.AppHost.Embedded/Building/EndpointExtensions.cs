using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static class EndpointExtensions
{
    public static IResourceBuilder<T> WithHttpEndpoint<T>(
        this IResourceBuilder<T> builder, int? port = null, int? targetPort = null, string? name = null, string? env = null, bool? isProxied = null)
        where T : IResourceWithEndpoints => builder.WithEndpoint("http", name ?? "http", port, targetPort, env, isProxied);

    public static IResourceBuilder<T> WithExternalHttpEndpoints<T>(this IResourceBuilder<T> builder) where T : IResourceWithEndpoints
    {
        foreach (var endpoint in builder.Resource.Annotations.OfType<EndpointAnnotation>().Where(e => e.UriScheme is "http" or "https"))
            endpoint.IsExternal = true;
        return builder;
    }

    public static EndpointReference GetEndpoint<T>(this IResourceBuilder<T> builder, string name) where T : IResourceWithEndpoints =>
        new(builder.Resource, name);

    internal static IResourceBuilder<T> WithEndpoint<T>(
        this IResourceBuilder<T> builder, string scheme, string name, int? port = null, int? targetPort = null, string? env = null, bool? isProxied = null)
        where T : IResourceWithEndpoints
    {
        if (new EndpointReference(builder.Resource, name).Exists)
            throw new DistributedApplicationException($"The resource '{builder.Resource.Name}' has two endpoints named '{name}'. Give one of them another name.");
        var endpoint = new EndpointAnnotation(name, scheme)
        {
            Port = port ?? targetPort,
            TargetPort = targetPort,
            IsExplicitlyProxied = isProxied,
            TargetPortEnvironmentVariable = env,
        };
        builder.With(endpoint);
        return env is null ? builder : builder.With(new EnvironmentCallbackAnnotation(
            context => context.EnvironmentVariables[env] = new EndpointReference((IResourceWithEndpoints)context.Resource, name).Property(EndpointProperty.TargetPort)));
    }
}
