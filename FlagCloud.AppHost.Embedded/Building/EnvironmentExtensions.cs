using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static class EnvironmentExtensions
{
    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, string? value) where T : IResourceWithEnvironment =>
        builder.WithEnvironment(context => context.EnvironmentVariables[name] = value ?? "");

    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, Action<EnvironmentCallbackContext> callback)
        where T : IResourceWithEnvironment => builder.With(new EnvironmentCallbackAnnotation(callback));

    public static IResourceBuilder<T> WithArgs<T>(this IResourceBuilder<T> builder, params string[] args) where T : IResourceWithArgs =>
        builder.With(new ArgumentsAnnotation(args));

    /// <summary>Tells the silo where the app's dashboard is, so that its pages can lead there.</summary>
    public static IResourceBuilder<T> WithDashboardLinks<T>(this IResourceBuilder<T> builder) where T : IResourceWithEnvironment
    {
        var host = ((DistributedApplicationBuilder)builder.ApplicationBuilder).Environment;
        return builder.WithEnvironment(context =>
        {
            if (host.Dashboard is { } address)
                context.EnvironmentVariables["Lab__Dashboard"] = address;
        });
    }

    internal static IResourceBuilder<T> With<T>(this IResourceBuilder<T> builder, IResourceAnnotation annotation) where T : IResource
    {
        builder.Resource.Annotations.Add(annotation);
        return builder;
    }
}
