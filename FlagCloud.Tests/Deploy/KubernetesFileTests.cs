using k8s;
using k8s.Models;

namespace FlagCloud.Tests.Deploy;

public sealed class KubernetesFileTests
{
    static IReadOnlyList<object> Kind { get; } = KubernetesManifest.Overlay("kind");

    public static TheoryData<string> Files => [.. KubernetesManifest.Files.Select(file => Path.GetRelativePath(KubernetesManifest.Folder, file))];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_file_has_only_what_the_API_knows(string file) => Assert.NotEmpty(KubernetesManifest.Load(Path.Combine(KubernetesManifest.Folder, file)));

    [Fact]
    public void An_unknown_member_is_noticed() => Assert.ThrowsAny<YamlDotNet.Core.YamlException>(
        () => KubernetesYaml.LoadAllFromString("apiVersion: v1\nkind: Service\nspec:\n  selectors: { a: b }\n", strict: true));

    [Theory]
    [InlineData("base")]
    [InlineData("kind")]
    [InlineData("aks")]
    public void Kustomization_lists_every_file_beside_it(string folder)
    {
        var path = Path.Combine(KubernetesManifest.Folder, folder);
        var text = File.ReadAllText(Path.Combine(path, "kustomization.yaml"));
        Assert.All(Directory.EnumerateFiles(path, "*.yaml").Select(file => Path.GetFileName(file)!).Where(name => name is not "kustomization.yaml"), name => Assert.Contains(name, text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("kind", 22)]
    [InlineData("aks", 20)]
    public async Task Kubectl_renders_an_overlay_to_objects_that_the_API_knows(string overlay, int objects)
    {
        if (Tool.Find("kubectl") is not { } kubectl) { Assert.Skip("kubectl is not installed."); return; }
        var (exit, rendered, said) = await Tool.Run(kubectl, ["kustomize", Path.Combine(KubernetesManifest.Folder, overlay)]);
        Assert.True(exit is 0, said);
        var loaded = KubernetesYaml.LoadAllFromString(rendered, strict: true);
        Assert.Equal(objects, loaded.Count);
        Assert.All(loaded.OfType<IKubernetesObject<V1ObjectMeta>>().Where(item => item is not V1Namespace), item => Assert.Equal("flagcloud", item.Metadata.NamespaceProperty));
    }

    [Fact]
    public void Every_selector_selects_pods_that_there_are()
    {
        var pods = Templates(Kind).Select(template => template.Metadata.Labels["app.kubernetes.io/name"]).Append("compare").ToHashSet();
        var selected = Kind.OfType<V1Service>().SelectMany(service => service.Spec.Selector.Values)
            .Concat(Kind.OfType<V1PodDisruptionBudget>().SelectMany(budget => budget.Spec.Selector.MatchLabels.Values))
            .Concat(Kind.OfType<V1NetworkPolicy>().SelectMany(policy => policy.Spec.PodSelector.MatchLabels?.Values ?? []))
            .Concat(Kind.OfType<V1NetworkPolicy>().SelectMany(policy => policy.Spec.PodSelector.MatchExpressions?.SelectMany(expression => expression.Values) ?? []));
        Assert.All(selected, name => Assert.Contains(name, pods));
    }

    [Fact]
    public void Every_container_runs_without_privileges_and_without_root()
    {
        var templates = Templates(Kind).Concat(KubernetesManifest.Load(Path.Combine(KubernetesManifest.Folder, "compare.yaml")).OfType<V1Job>().Select(job => job.Spec.Template));
        Assert.All(templates, template =>
        {
            Assert.True(template.Spec.SecurityContext.RunAsNonRoot);
            Assert.Equal("RuntimeDefault", template.Spec.SecurityContext.SeccompProfile.Type);
            Assert.All(template.Spec.Containers, container =>
            {
                Assert.False(container.SecurityContext.AllowPrivilegeEscalation);
                Assert.Equal(["ALL"], container.SecurityContext.Capabilities.Drop);
                Assert.True(container.Resources.Limits.ContainsKey("memory") && container.Resources.Requests.ContainsKey("cpu"));
            });
        });
    }

    [Fact]
    public void A_silo_is_probed_where_it_answers_and_is_given_the_time_that_it_takes_to_end()
    {
        var pod = Silo().Spec.Template.Spec;
        var silo = pod.Containers.Single();
        Assert.Equal(("/health", "/health", "/alive"), (silo.StartupProbe.HttpGet.Path, silo.ReadinessProbe.HttpGet.Path, silo.LivenessProbe.HttpGet.Path));
        var preStop = silo.Lifecycle.PreStop.Sleep.Seconds;
        Assert.InRange(preStop + 20, 20, (pod.TerminationGracePeriodSeconds ?? 0) - 5);
        Assert.Equal(["8080", "11111", "30000"], silo.Ports.Select(port => $"{port.ContainerPort}"));
        var environment = silo.Env.ToDictionary(variable => variable.Name);
        Assert.Equal(("11111", "30000"), (environment["Orleans__Endpoints__SiloPort"].Value, environment["Orleans__Endpoints__GatewayPort"].Value));
    }

    [Fact]
    public void Autoscaling_never_goes_below_what_may_be_disrupted()
    {
        var scaler = Kind.OfType<V2HorizontalPodAutoscaler>().Single().Spec;
        Assert.Equal(("Deployment", "silo"), (scaler.ScaleTargetRef.Kind, scaler.ScaleTargetRef.Name));
        Assert.True(scaler.MinReplicas >= 2 && scaler.MaxReplicas > scaler.MinReplicas);
        Assert.Equal("1", Kind.OfType<V1PodDisruptionBudget>().Single().Spec.MaxUnavailable.Value);
        Assert.True(Silo().Spec.Template.Spec.Containers.Single().Resources.Requests.ContainsKey("cpu")); // A utilization is a share of the request.
    }

    [Fact]
    public void Silos_may_talk_to_each_other_and_nothing_else_may_reach_their_silo_ports()
    {
        var policies = Kind.OfType<V1NetworkPolicy>().ToDictionary(policy => policy.Metadata.Name, policy => policy.Spec);
        Assert.Contains("Ingress", policies["nothing-but"].PolicyTypes);
        Assert.Null(policies["nothing-but"].Ingress);
        foreach (var port in new[] { "11111", "30000" })
        {
            var rule = Assert.Single(policies["silo"].Ingress, rule => rule.Ports.Any(candidate => candidate.Port.Value == port));
            Assert.Equal("silo", Assert.Single(rule.FromProperty).PodSelector.MatchLabels["app.kubernetes.io/name"]);
            Assert.Contains(policies["silo"].Egress, rule => rule.Ports.Any(candidate => candidate.Port.Value == port));
        }
    }

    static V1Deployment Silo() => Kind.OfType<V1Deployment>().Single(deployment => deployment.Metadata.Name is "silo");

    static IEnumerable<V1PodTemplateSpec> Templates(IReadOnlyList<object> objects) =>
        objects.OfType<V1Deployment>().Select(deployment => deployment.Spec.Template).Concat(objects.OfType<V1StatefulSet>().Select(set => set.Spec.Template));
}
