using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Health;
using Aspire.Hosting.Running;
using FlagCloud.Dashboard.Resources;
using Shown = FlagCloud.Dashboard.Resources;
using State = Aspire.Hosting.Running.ResourceState;

namespace Aspire.Hosting.Dashboard;

/// <summary>A resource as the dashboard shows it.</summary>
internal static class Snapshots
{
    public static ResourceSnapshot Of(ResourceStatus status, IReadOnlyList<ResourceCommand> commands)
    {
        var resource = status.Resource;
        var history = status.History;
        return new(status.Name, TypeOf(resource), StateOf(history[^1].State))
        {
            ReplicaOf = (resource as ProjectResource)?.ReplicaOf?.Name,
            Health = HealthOf(history[^1].State, resource),
            Reason = history[^1].Reason,
            ExitCode = status.ExitCode,
            Started = status.StartedAt,
            Restarts = status.Restarts,
            ProcessId = status.ProcessId,
            Source = SourceOf(resource),
            Urls = status.ProcessId is null ? [] : [.. ResourceUrls.UrlsOf(resource).Select(u => new ResourceUrl(u.DisplayText ?? u.Endpoint?.EndpointName ?? u.Url, u.Url))],
            Environment = [.. status.Environment.Select(v => new ResourceVariable(v.Key, v.Value, Secrets.IsSecret(v.Key, v.Value)))],
            References = ReferencesOf(resource),
            Commands = commands,
            History = [.. history.Select(h => new ResourceEvent(h.At, StateOf(h.State), HealthOf(h.State, resource), h.Reason))],
        };
    }

    static string TypeOf(IResource resource) => resource.GetType().Name is var name && name.EndsWith("Resource", StringComparison.Ordinal) ? name[..^"Resource".Length] : name;

    static string? SourceOf(IResource resource) => resource switch
    {
        ProjectResource project => string.Join(' ', [Path.GetFileName(project.Metadata.ProjectPath), .. ArgumentsOf(resource)]),
        IProcessResource { Command: var command } => string.Join(' ', [Path.GetFileName(command.FileName), .. command.Arguments, .. ArgumentsOf(resource)]),
        _ => null,
    };

    static IEnumerable<string> ArgumentsOf(IResource resource) => resource.Annotations.OfType<ArgumentsAnnotation>().SelectMany(a => a.Arguments);

    static List<ResourceReference> ReferencesOf(IResource resource)
    {
        var referred = resource.Annotations.OfType<ReferenceAnnotation>().Select(r => r.Target)
            .Concat(resource is IResourceWithConnectionString ? ResourceGraph.Referred(resource) : []).Distinct().ToList();
        var awaited = resource.Annotations.OfType<WaitAnnotation>().Select(w => w.Dependency).Distinct().ToList();
        return [.. referred.Union(awaited).Where(r => r != resource)
            .Select(r => new ResourceReference(r.Name, !awaited.Contains(r) ? "refers to" : referred.Contains(r) ? "refers to, waits for" : "waits for"))];
    }

    static Shown.ResourceState StateOf(State state) => state switch
    {
        State.NotStarted => Shown.ResourceState.NotStarted,
        State.Waiting => Shown.ResourceState.Waiting,
        State.Starting => Shown.ResourceState.Starting,
        State.Running or State.Healthy or State.Unhealthy => Shown.ResourceState.Running,
        State.Stopping => Shown.ResourceState.Stopping,
        State.Finished => Shown.ResourceState.Finished,
        State.Exited => Shown.ResourceState.Exited,
        _ => Shown.ResourceState.FailedToStart,
    };

    static ResourceHealth HealthOf(State state, IResource resource) => state switch
    {
        State.Healthy => ResourceHealth.Healthy,
        State.Unhealthy => ResourceHealth.Unhealthy,
        State.Running when resource.Annotations.OfType<HealthCheck>().Any() => ResourceHealth.Pending,
        _ => ResourceHealth.None,
    };
}
