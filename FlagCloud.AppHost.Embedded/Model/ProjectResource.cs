using Aspire.Hosting.Processes;

namespace Aspire.Hosting.ApplicationModel;

public sealed class ProjectResource(string name) : Resource(name), IProcessResource, IResourceWithServiceDiscovery
{
    /// <summary>The resource of which this is one of several replicas; null where there is only one.</summary>
    internal ProjectResource? ReplicaOf { get; init; }

    internal IProjectMetadata Metadata => Annotations.OfType<IProjectMetadata>().Last();

    Command IProcessResource.Command => Command.ForTarget(Metadata.TargetPath, Path.GetDirectoryName(Metadata.ProjectPath)!);
}
