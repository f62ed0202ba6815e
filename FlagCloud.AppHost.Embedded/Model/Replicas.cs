using Aspire.Hosting.Health;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Puts the replicas of a project in its place, once the model is complete.</summary>
internal static class Replicas
{
    public static IReadOnlyList<IResource> Expand(IReadOnlyList<IResource> resources)
    {
        var replicas = resources.OfType<ProjectResource>()
            .Where(project => project.Annotations.OfType<ReplicaAnnotation>().Any())
            .ToDictionary(project => (IResource)project, Of);
        foreach (var resource in resources)
            WaitForAll(resource.Annotations, replicas);
        return [.. resources.SelectMany(resource => replicas.GetValueOrDefault(resource) ?? [resource])];
    }

    static IReadOnlyList<IResource> Of(ProjectResource project)
    {
        var count = project.Annotations.OfType<ReplicaAnnotation>().Last().Replicas;
        return [.. Enumerable.Range(1, count).Select(number => Copy(project, $"{project.Name}-{number}"))];
    }

    static ProjectResource Copy(ProjectResource project, string name)
    {
        var copy = new ProjectResource(name) { ReplicaOf = project };
        foreach (var annotation in project.Annotations)
            copy.Annotations.Add(annotation switch
            {
                EndpointAnnotation { Port: null or 0 } endpoint => endpoint.Copy(),
                EndpointAnnotation endpoint => throw new DistributedApplicationException(
                    $"The endpoint '{endpoint.Name}' of '{project.Name}' has the fixed port {endpoint.Port}, which its replicas cannot share. Leave the port out."),
                HealthCheck check => check.For(copy),
                _ => annotation,
            });
        return copy;
    }

    static void WaitForAll(ResourceAnnotationCollection annotations, Dictionary<IResource, IReadOnlyList<IResource>> replicas)
    {
        foreach (var wait in annotations.OfType<WaitAnnotation>().ToList())
        {
            if (!replicas.TryGetValue(wait.Dependency, out var all)) continue;
            annotations.Remove(wait);
            foreach (var replica in all) annotations.Add(new WaitAnnotation(replica));
        }
    }
}
