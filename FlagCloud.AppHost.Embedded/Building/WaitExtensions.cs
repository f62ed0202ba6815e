using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static class WaitExtensions
{
    /// <summary>Starts the resource only once <paramref name="dependency"/> runs and, if it has health checks, is healthy.</summary>
    public static IResourceBuilder<T> WaitFor<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency)
        where T : IResourceWithWaitSupport => builder.With(new WaitAnnotation(dependency.Resource));
}
