using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static class ReplicaExtensions
{
    /// <summary>Runs the project so many times, each with ports of its own.</summary>
    public static IResourceBuilder<ProjectResource> WithReplicas(this IResourceBuilder<ProjectResource> builder, int replicas) =>
        builder.With(new ReplicaAnnotation(replicas));
}
