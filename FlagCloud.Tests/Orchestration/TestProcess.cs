using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Processes;

namespace FlagCloud.Tests.Orchestration;

/// <summary>A resource that runs a piece of JavaScript.</summary>
sealed class TestProcess(string name, string script) : Resource(name), IProcessResource, IResourceWithServiceDiscovery
{
    Command IProcessResource.Command => new("node", ["-e", script], AppContext.BaseDirectory);
}
