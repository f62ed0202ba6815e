using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Processes;

namespace Aspire.Hosting.JavaScript;

/// <summary>An npm package of the repository, run by one of its scripts.</summary>
public sealed class JavaScriptAppResource(string name, string appDirectory, string runScriptName) : Resource(name), IProcessResource, IResourceWithServiceDiscovery
{
    public string WorkingDirectory { get; } = appDirectory;

    Command IProcessResource.Command => Command.ForNpmScript(runScriptName, WorkingDirectory);
}
