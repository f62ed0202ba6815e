using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Output;

namespace Aspire.Hosting.Running;

/// <summary>
/// What the terminal tells of a resource: when it becomes healthy and when it no longer is. What a job prints is what it was started
/// for; what a service prints is on its page of the dashboard.
/// </summary>
internal static class StatusLines
{
    public static void Tell(ResourceStatus status, Terminal terminal, bool verbose)
    {
        if (verbose || status.Resource.IsJob())
            status.LineWritten += (s, line) => terminal.Resource(s.Name, line.Text);
        var last = ResourceState.NotStarted;
        status.Changed += s =>
        {
            var (state, reason) = (s.State, s.Reason);
            var detail = reason is not null ? $" ({reason})" : state is not ResourceState.Healthy ? "" : last is ResourceState.Unhealthy ? " again" : After(s);
            var text = $"{s.Name}: {state}{detail}";
            if (verbose || (state != last && state is ResourceState.Healthy or ResourceState.Unhealthy))
                terminal.Say(text);
            last = state;
        };
    }

    static string After(ResourceStatus status) =>
        status.StartedAt is { } started ? $" after {(status.History[^1].At - started).TotalSeconds:0.0} s" : "";
}
