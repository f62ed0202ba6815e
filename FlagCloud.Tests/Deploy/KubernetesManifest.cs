using FlagCloud.Tests.Hosting;
using k8s;

namespace FlagCloud.Tests.Deploy;

/// <summary>The files of deploy/kubernetes as the API's own types; a member that the API does not know fails the reading.</summary>
static class KubernetesManifest
{
    public static string Folder { get; } = Repository.PathTo("deploy", "kubernetes");

    /// <summary>What kustomize makes of an overlay: base, kind, aks.</summary>
    public static async Task<List<object>> Render(string folder)
    {
        if (Tool.Find("kubectl") is not { } kubectl)
        {
            Assert.Skip("kubectl is not installed.");
            return [];
        }
        var (exit, rendered, said) = await Tool.Run(kubectl, ["kustomize", folder]);
        Assert.True(exit is 0, said);
        return KubernetesYaml.LoadAllFromString(rendered, strict: true);
    }
}
