using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Environments;

namespace Aspire.Hosting;

public static class ReferenceExtensions
{
    /// <summary>Gives the connection string of <paramref name="source"/> as ConnectionStrings__name.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithConnectionString> source, string? connectionName = null, bool optional = false)
        where TDestination : IResourceWithEnvironment => builder
            .With(new ReferenceAnnotation(source.Resource))
            .WithEnvironment(context =>
            {
                var name = connectionName ?? source.Resource.Name;
                context.EnvironmentVariables[$"ConnectionStrings__{name}"] = source.Resource;
                foreach (var (property, value) in (source.Resource as IResourceWithConnectionProperties)?.ConnectionProperties ?? [])
                    context.EnvironmentVariables[$"{ServiceDiscoveryEnvironment.Encode(name)}_{property}"] = value;
            });

    /// <summary>Gives the addresses of all endpoints of <paramref name="source"/> for service discovery.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithServiceDiscovery> source)
        where TDestination : IResourceWithEnvironment => builder
            .With(new ReferenceAnnotation(source.Resource))
            .WithEnvironment(context => ServiceDiscoveryEnvironment.Add(context, source.Resource, source.Resource.Endpoints()));

    /// <summary>Gives the address of one endpoint for service discovery.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, EndpointReference endpointReference)
        where TDestination : IResourceWithEnvironment => builder
            .With(new ReferenceAnnotation(endpointReference.Resource))
            .WithEnvironment(context => ServiceDiscoveryEnvironment.Add(context, endpointReference.Resource, [endpointReference]));

    public static IResourceBuilder<ConnectionStringResource> AddConnectionString(
        this IDistributedApplicationBuilder builder, string name, ReferenceExpression connectionStringExpression) =>
        builder.AddResource(new ConnectionStringResource(name, connectionStringExpression));
}
