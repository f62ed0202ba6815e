using FlagCloud.Tests.Hosting;
using k8s;
using k8s.Models;

namespace FlagCloud.Tests.Deploy;

/// <summary>The files of deploy/kubernetes as the API's own types; a member that the API does not know fails the reading.</summary>
static class KubernetesManifest
{
    public static string Folder { get; } = Repository.PathTo("deploy", "kubernetes");

    public static IEnumerable<string> Files => Directory.EnumerateFiles(Folder, "*.yaml", SearchOption.AllDirectories)
        .Where(file => Path.GetFileName(file) is not "kustomization.yaml").Order(StringComparer.Ordinal);

    public static IReadOnlyList<object> Load(string file) => KubernetesYaml.LoadAllFromString(File.ReadAllText(file), strict: true);

    /// <summary>Everything that an overlay (kind, aks) applies, before its patches.</summary>
    public static IReadOnlyList<object> Overlay(string name) =>
        [.. Files.Where(file => Path.GetFileName(Path.GetDirectoryName(file)!) is var folder && (folder == "base" || folder == name)).SelectMany(Load)];

    public static Manifest Read()
    {
        var objects = Overlay("kind");
        return new([Service("silo", "silo-0"), Service("silo", "silo-1")], Service("origin", "origin-0"));

        ManifestService Service(string deployment, string pod)
        {
            var template = objects.OfType<V1Deployment>().Single(candidate => candidate.Metadata.Name == deployment).Spec.Template;
            return new(pod, template.Spec.Containers.Single().Env.ToDictionary(variable => variable.Name, variable => Value(variable, template, pod, objects)));
        }
    }

    // As the kubelet fills them in.
    static string Value(V1EnvVar variable, V1PodTemplateSpec template, string pod, IReadOnlyList<object> objects) => variable.ValueFrom switch
    {
        null => variable.Value,
        { FieldRef.FieldPath: "metadata.name" } => pod,
        { FieldRef.FieldPath: "metadata.namespace" } => "flagcloud",
        { FieldRef.FieldPath: "status.podIP" } => "127.0.0.1",
        { FieldRef.FieldPath: { } path } when path.StartsWith("metadata.labels['", StringComparison.Ordinal) => template.Metadata.Labels[path.Split('\'')[1]],
        { SecretKeyRef: { Name: "api", Key: "key" } } => Manifest.ApiKey, // Made by hand, as the walkthrough says; no file has it.
        { SecretKeyRef: { } secret } => objects.OfType<V1Secret>().Single(candidate => candidate.Metadata.Name == secret.Name).StringData[secret.Key],
        _ => throw new InvalidDataException($"{variable.Name} takes its value from something that this test does not know."),
    };
}
