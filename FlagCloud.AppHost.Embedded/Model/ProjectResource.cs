using Aspire.Hosting.Processes;

namespace Aspire.Hosting.ApplicationModel;

public sealed class ProjectResource(string name) : Resource(name), IProcessResource, IResourceWithServiceDiscovery
{
    internal IProjectMetadata Metadata => Annotations.OfType<IProjectMetadata>().Last();

    Command IProcessResource.Command => Command.ForTarget(Metadata.TargetPath, Path.GetDirectoryName(Metadata.ProjectPath)!);
}
