using System.Text.Json;
using System.Text.RegularExpressions;
using FlagCloud.Tests.Hosting;
using k8s;
using k8s.Models;

namespace FlagCloud.Tests.Deploy;

/// <summary>What the files of deploy/compose and deploy/kubernetes say that no container on one machine can show.</summary>
public sealed partial class ManifestFileTests
{
    [Fact]
    public void Every_file_that_the_page_names_is_there() => Assert.All(
        NamedFile().Matches(File.ReadAllText(Repository.PathTo("docs", "deploy.md"))).Select(match => match.Value).Where(path => !path.StartsWith("deploy/kubernetes/mine", StringComparison.Ordinal)),
        path => Assert.True(Path.Exists(Repository.PathTo(path)), path));

    [Theory]
    [InlineData("FlagCloud.Silo", "flagcloud/silo", "aspnet")]
    [InlineData("FlagCloud.Web", "flagcloud/web", "aspnet")]
    [InlineData("FlagCloud.Origin", "flagcloud/origin", "aspnet")]
    [InlineData("FlagCloud.Cli", "flagcloud/cli", "runtime")]
    public async Task An_image_is_chiseled_and_without_root_unless_told_otherwise(string project, string repository, string flavour)
    {
        var (exit, output, said) = await Tool.Run("dotnet",
        [
            "msbuild", Repository.PathTo(project, project + ".csproj"), "-t:ComputeContainerBaseImage;ComputeContainerConfig", "-p:Configuration=Release",
            "-getProperty:ContainerBaseImage,ContainerRepository,ContainerUser,ContainerImageTag",
        ]);
        Assert.True(exit is 0, output + said);
        using var image = JsonDocument.Parse(output);
        Assert.Equal(
            [$"mcr.microsoft.com/dotnet/{flavour}:10.0-noble-chiseled", repository, "1654", ContainerImages.Version],
            image.RootElement.GetProperty("Properties").EnumerateObject().Select(property => property.Value.GetString()));
    }

    [Fact]
    public void Compose_without_a_key_does_not_start() =>
        Assert.Contains("FLAGCLOUD_API_KEY", Assert.Throws<InvalidDataException>(() => ComposeManifest.Services(new Dictionary<string, string>())).Message);

    [Fact]
    public void Compose_publishes_web_and_dashboard_only_and_on_this_machine_only() => Assert.Equal(
        new Dictionary<string, object> { ["web"] = "127.0.0.1:15101:8080", ["dashboard"] = "127.0.0.1:15100:18888" },
        ComposeManifest.Services(new Dictionary<string, string> { ["FLAGCLOUD_API_KEY"] = Manifest.ApiKey }).Where(service => service.Value.ContainsKey("ports"))
            .ToDictionary(service => service.Key, service => Assert.Single((List<object>)service.Value["ports"])));

    [Fact]
    public void An_unknown_member_of_a_Kubernetes_file_is_noticed() => Assert.ThrowsAny<YamlDotNet.Core.YamlException>(
        () => KubernetesYaml.LoadAllFromString("apiVersion: v1\nkind: Service\nspec:\n  selectors: { a: b }\n", strict: true));

    [Theory]
    [InlineData("kind")]
    [InlineData("aks")]
    public async Task Every_pod_is_confined_and_every_selector_selects_one(string overlay)
    {
        var objects = await KubernetesManifest.Render(Path.Combine(KubernetesManifest.Folder, overlay));
        Assert.All(objects.OfType<IKubernetesObject<V1ObjectMeta>>().Where(item => item is not V1Namespace), item => Assert.Equal("flagcloud", item.Metadata.NamespaceProperty));
        var templates = objects.OfType<V1Deployment>().Select(deployment => deployment.Spec.Template).ToList();
        Assert.All(templates, template =>
        {
            Assert.True(template.Spec.SecurityContext.RunAsNonRoot is true && template.Spec.SecurityContext.SeccompProfile.Type is "RuntimeDefault" && template.Spec.AutomountServiceAccountToken is false);
            Assert.All(template.Spec.Containers, container =>
            {
                Assert.Equal((false, "ALL"), (container.SecurityContext.AllowPrivilegeEscalation, Assert.Single(container.SecurityContext.Capabilities.Drop)));
                Assert.True(container.Resources.Limits.ContainsKey("memory") && container.Resources.Requests.ContainsKey("cpu"));
            });
        });
        var names = templates.Select(template => template.Metadata.Labels["app.kubernetes.io/name"]).ToHashSet();
        var selectors = objects.OfType<V1NetworkPolicy>().SelectMany(policy =>
                (policy.Spec.Ingress ?? []).SelectMany(rule => rule.FromProperty ?? []).Concat((policy.Spec.Egress ?? []).SelectMany(rule => rule.To ?? [])).Select(peer => peer.PodSelector).Append(policy.Spec.PodSelector))
            .Concat(objects.OfType<V1PodDisruptionBudget>().Select(budget => budget.Spec.Selector));
        var selected = selectors.OfType<V1LabelSelector>().SelectMany(selector => (selector.MatchLabels?.Values ?? []).Concat(selector.MatchExpressions?.SelectMany(expression => expression.Values) ?? []));
        Assert.All(selected.Concat(objects.OfType<V1Service>().SelectMany(service => service.Spec.Selector.Values)), name => Assert.Contains(name, names));
    }

    [Fact]
    public async Task Silos_ports_are_reached_by_silos_and_web_and_by_nobody_else()
    {
        var policies = (await KubernetesManifest.Render(Path.Combine(KubernetesManifest.Folder, "kind"))).OfType<V1NetworkPolicy>().ToDictionary(policy => policy.Metadata.Name, policy => policy.Spec);
        Assert.Contains("Ingress", policies["nothing-but"].PolicyTypes);
        Assert.Null(policies["nothing-but"].Ingress);
        Assert.Equal(
            ["11111 silo", "30000 web"],
            policies["silo"].Ingress.Select(rule => $"{Assert.Single(rule.Ports).Port.Value} {Assert.Single(rule.FromProperty).PodSelector.MatchLabels["app.kubernetes.io/name"]}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_silo_is_given_the_time_that_it_takes_to_end_and_asked_to_write_only_until_it_is_ready()
    {
        var silo = (await KubernetesManifest.Render(Path.Combine(KubernetesManifest.Folder, "kind"))).OfType<V1Deployment>().Single(deployment => deployment.Metadata.Name is "silo").Spec.Template.Spec;
        Assert.InRange(silo.TerminationGracePeriodSeconds ?? 0, 25, 30);
        var container = silo.Containers.Single();
        Assert.Equal(("/health", "/alive", null), (container.StartupProbe.HttpGet.Path, container.LivenessProbe.HttpGet.Path, container.ReadinessProbe));
    }

    [GeneratedRegex(@"deploy/[\w./-]*\w")]
    private static partial Regex NamedFile();
}
