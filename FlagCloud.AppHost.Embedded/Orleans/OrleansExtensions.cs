using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Orleans;

namespace Aspire.Hosting;

public static class OrleansExtensions
{
    public static OrleansService AddOrleans(this IDistributedApplicationBuilder builder, string name) => new(builder, name);

    /// <summary>Clustering without a membership store: one silo is the whole cluster.</summary>
    public static OrleansService WithDevelopmentClustering(this OrleansService orleansServiceBuilder)
    {
        orleansServiceBuilder.ClusteringProviderType = "Development";
        return orleansServiceBuilder;
    }

    /// <summary>Makes the resource a silo of the cluster.</summary>
    public static IResourceBuilder<T> WithReference<T>(this IResourceBuilder<T> builder, OrleansService orleansService)
        where T : IResourceWithEnvironment, IResourceWithEndpoints
    {
        if (orleansService.ClusteringProviderType is not { } clustering)
            throw new DistributedApplicationException($"The Orleans cluster '{orleansService.Name}' has no clustering. Call WithDevelopmentClustering().");
        return builder
            .WithEnvironment(context =>
            {
                context.EnvironmentVariables["Orleans__Clustering__ProviderType"] = clustering;
                context.EnvironmentVariables["Orleans__ClusterId"] = orleansService.ClusterId;
                context.EnvironmentVariables["Orleans__ServiceId"] = orleansService.ServiceId;
                if (orleansService.EnableDistributedTracing != false)
                    context.EnvironmentVariables["Orleans__EnableDistributedTracing"] = "true";
            })
            .WithEndpoint("tcp", "orleans-silo", env: "Orleans__Endpoints__SiloPort")
            .WithEndpoint("tcp", "orleans-gateway", env: "Orleans__Endpoints__GatewayPort");
    }
}
