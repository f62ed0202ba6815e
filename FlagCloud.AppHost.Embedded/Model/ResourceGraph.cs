namespace Aspire.Hosting.ApplicationModel;

/// <summary>Who needs whom.</summary>
internal static class ResourceGraph
{
    public static IEnumerable<EndpointReference> Endpoints(this IResourceWithEndpoints resource) =>
        resource.Annotations.OfType<EndpointAnnotation>().Select(e => new EndpointReference(resource, e.Name));

    /// <summary>What must be ready first: the targets of <c>WaitFor</c>, and what a connection string is made of.</summary>
    public static IReadOnlyList<IResource> Prerequisites(this IResource resource) =>
    [
        .. resource.Annotations.OfType<WaitAnnotation>().Select(w => w.Dependency)
            .Concat(resource is IResourceWithConnectionString ? Referred(resource) : [])
            .Where(prerequisite => prerequisite != resource)
            .Distinct(),
    ];

    /// <summary>What the resource uses while it runs; it stops before them.</summary>
    public static IEnumerable<IResource> Dependencies(this IResource resource) =>
        resource.Prerequisites().Concat(resource.Annotations.OfType<ReferenceAnnotation>().Select(r => r.Target)).Distinct();

    public static bool DependsOn(this IResource resource, IResource other) =>
        resource.Dependencies().Any(d => d == other || d.DependsOn(other));

    /// <summary>The resources inside a value, at any depth.</summary>
    public static IEnumerable<IResource> Referred(object value) => (value as IValueWithReferences)?.References
        .SelectMany(r => r is IResource resource ? [resource] : Referred(r)) ?? [];

    /// <summary>A process without an endpoint serves nobody: it is expected to end.</summary>
    public static bool IsJob(this IResource resource) => resource is IProcessResource && !resource.Annotations.OfType<EndpointAnnotation>().Any();
}
