using System.Text;
using System.Text.Json;
using FlagCloud.Tests.Hosting;
using k8s;
using k8s.Models;

namespace FlagCloud.Tests.Deploy;

/// <summary>deploy/kubernetes/kind, rendered by kustomize and played pod by pod by podman.</summary>
public sealed class KubernetesDeployment(ContainerImages images) : ContainerDeployment(images)
{
    readonly Dictionary<string, V1PodTemplateSpec> templates = [];
    readonly Dictionary<string, string> pods = [];
    readonly HashSet<string> secrets = [];

    protected override string Network => $"{Id}-network";

    /// <summary>Replaces a silo by the next version, as maxSurge 1 and maxUnavailable 0 have it: the new one is ready before the old one goes.</summary>
    public async Task Upgrade(string silo)
    {
        var old = pods[silo];
        var container = templates["silo"].Spec.Containers.Single();
        container.Image = container.Image.Replace(ContainerImages.Version, ContainerImages.NextVersion, StringComparison.Ordinal);
        await Play("silo", silo, $"{old}-next");
        await Ready(silo);
        await Remove(old);
    }

    // The kubelet would start it again; podman 4.3 ends the pod with its only container.
    public override async Task Crash(string name)
    {
        await base.Crash(name);
        await Podman.Run("pod", "start", $"{Id}-{pods[name]}");
    }

    protected override async Task Up()
    {
        var overlay = Directory.CreateDirectory(Path.Combine(Podman.Folder, Id)).FullName;
        await File.WriteAllTextAsync(Path.Combine(overlay, "kustomization.yaml"), $"""
            resources: [{Path.GetRelativePath(overlay, Path.Combine(KubernetesManifest.Folder, "kind"))}]
            images:
            {string.Join('\n', new[] { "silo", "web", "origin", "azurite" }.Select(name => $"- {{ name: flagcloud/{name}, newName: {ContainerImages.Prefix}/{name} }}"))}
            """);
        var objects = await KubernetesManifest.Render(overlay);
        await Podman.Run("network", "create", Network);
        foreach (var secret in objects.OfType<V1Secret>().Append(new() { Metadata = new() { Name = "api" }, StringData = new Dictionary<string, string> { ["key"] = Manifest.ApiKey } }))
            await Keep(secret);
        foreach (var deployment in objects.OfType<V1Deployment>().Where(deployment => deployment.Metadata.Name is not "dashboard").OrderBy(deployment => deployment.Metadata.Name is "web" or "silo"))
        {
            templates[deployment.Metadata.Name] = deployment.Spec.Template;
            if (deployment.Spec.Replicas is 1) await Play(deployment.Metadata.Name, deployment.Metadata.Name, deployment.Metadata.Name);
            else for (var i = 1; i <= deployment.Spec.Replicas; i++) await Play(deployment.Metadata.Name, $"{deployment.Metadata.Name}-{i}", $"{deployment.Metadata.Name}-{i}");
        }
    }

    public override async Task Down()
    {
        // Storage last: a silo that cannot sign off from the cluster's table tries until its grace is over.
        await Task.WhenAll(pods.Values.Where(pod => pod is not "azurite").Select(Remove));
        await Remove("azurite");
        await Podman.Run(["secret", "rm", .. secrets]);
        await Podman.Run("volume", "rm", "--force", $"{Id}-azurite");
        await Podman.Run("network", "rm", Network);
    }

    protected override string Container(string name) => ContainerOf(pods[name]);

    string ContainerOf(string pod) => $"{Id}-{pod}-{templates.Keys.Single(template => pod.StartsWith(template, StringComparison.Ordinal))}";

    protected override async Task<string> Address(string name) => await Podman.Run(
        "inspect", "--format", "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}", await Podman.Run("pod", "inspect", "--format", "{{.InfraContainerID}}", $"{Id}-{pods[name]}"));

    // What the kubelet and services do is done here: a pod gets the name of its service; ports are not published; probes are asked by hand; names are this run's own.
    async Task Play(string deployment, string name, string pod)
    {
        pods[name] = pod;
        var template = KubernetesYaml.Deserialize<V1PodTemplateSpec>(KubernetesYaml.Serialize(templates[deployment]), strict: true);
        foreach (var container in template.Spec.Containers)
        {
            (container.Ports, container.StartupProbe, container.LivenessProbe, container.ReadinessProbe, container.Lifecycle) = (null, null, null, null, null);
            foreach (var reference in (container.Env ?? []).Select(variable => variable.ValueFrom?.SecretKeyRef).OfType<V1SecretKeySelector>()) reference.Name = $"{Id}-{reference.Name}";
            foreach (var mount in container.VolumeMounts) mount.Name = $"{Id}-{pod}-{mount.Name}";
        }
        foreach (var volume in template.Spec.Volumes)
        {
            volume.Name = $"{Id}-{pod}-{volume.Name}";
            if (volume.PersistentVolumeClaim is { } claim) claim.ClaimName = $"{Id}-{claim.ClaimName}";
        }
        var file = Path.Combine(Podman.Folder, Id, pod + ".yaml");
        await File.WriteAllTextAsync(file, KubernetesYaml.Serialize(new V1Pod
        {
            ApiVersion = "v1", Kind = "Pod", Metadata = new() { Name = $"{Id}-{pod}", Labels = template.Metadata.Labels }, Spec = template.Spec,
        }));
        // The dashboard's image cannot be made here. Its name leads to where nobody listens: one that nobody knows would be looked up for seconds, again and again.
        await Podman.Run("kube", "play", "--network", $"{Network}:alias={name}{(name is "origin" ? ",alias=dashboard" : "")}", file);
    }

    // As podman keeps the secrets that its pods name.
    async Task Keep(V1Secret secret)
    {
        var file = Path.Combine(Podman.Folder, Id, "secret.json");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(secret.StringData.ToDictionary(pair => pair.Key, pair => Encoding.UTF8.GetBytes(pair.Value))));
        secrets.Add(await Podman.Run("secret", "create", $"{Id}-{secret.Metadata.Name}", file));
        File.Delete(file);
    }

    async Task Remove(string pod)
    {
        // As the kubelet does: "pod stop" would take the network away first, and whoever still has to sign off tries in vain.
        await Podman.Run("stop", "--time", "30", ContainerOf(pod));
        await Podman.Run("pod", "rm", "--force", $"{Id}-{pod}");
        await Podman.Run("volume", "rm", "--force", $"{Id}-{pod}-tmp");
    }
}
