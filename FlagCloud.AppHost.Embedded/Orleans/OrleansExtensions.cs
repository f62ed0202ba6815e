using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Orleans;

namespace Aspire.Hosting;

public static class OrleansExtensions
{
    public static OrleansService AddOrleans(this IDistributedApplicationBuilder builder, string name) => new(builder, name);

    /// <summary>Clustering without a membership store: one silo is the whole cluster.</summary>
    public static OrleansService WithDevelopmentClustering(this OrleansService orleansServiceBuilder)
    {
        orleansServiceBuilder.Clustering = new("Development");
        return orleansServiceBuilder;
    }

    /// <summary>Clustering with a membership store, which several silos need.</summary>
    public static OrleansService WithClustering(this OrleansService orleansServiceBuilder, IResourceBuilder<IResourceWithConnectionString> provider)
    {
        orleansServiceBuilder.Clustering = OrleansProvider.Of(provider);
        return orleansServiceBuilder;
    }

    /// <summary>Reminders that are forgotten with the silo.</summary>
    public static OrleansService WithMemoryReminders(this OrleansService orleansServiceBuilder)
    {
        orleansServiceBuilder.Reminders = new("Memory");
        return orleansServiceBuilder;
    }

    public static OrleansService WithReminders(this OrleansService orleansServiceBuilder, IResourceBuilder<IResourceWithConnectionString> provider)
    {
        orleansServiceBuilder.Reminders = OrleansProvider.Of(provider);
        return orleansServiceBuilder;
    }

    /// <summary>Makes the resource a silo of the cluster.</summary>
    public static IResourceBuilder<T> WithReference<T>(this IResourceBuilder<T> builder, OrleansService orleansService)
        where T : IResourceWithEnvironment, IResourceWithEndpoints
    {
        if (orleansService.Clustering is not { } clustering)
            throw new DistributedApplicationException($"The Orleans cluster '{orleansService.Name}' has no clustering. Call WithDevelopmentClustering() or WithClustering(…).");
        foreach (var store in new[] { clustering.Store, orleansService.Reminders?.Store }.OfType<IResourceBuilder<IResourceWithConnectionString>>().DistinctBy(store => store.Resource))
            builder.WithReference(store);
        return builder
            .WithEnvironment(context =>
            {
                clustering.Describe(context, "Clustering");
                orleansService.Reminders?.Describe(context, "Reminders");
                context.EnvironmentVariables["Orleans__ClusterId"] = orleansService.ClusterId;
                context.EnvironmentVariables["Orleans__ServiceId"] = orleansService.ServiceId;
                if (orleansService.EnableDistributedTracing != false)
                    context.EnvironmentVariables["Orleans__EnableDistributedTracing"] = "true";
            })
            .WithEndpoint("tcp", "orleans-silo", env: "Orleans__Endpoints__SiloPort")
            .WithEndpoint("tcp", "orleans-gateway", env: "Orleans__Endpoints__GatewayPort");
    }
}
