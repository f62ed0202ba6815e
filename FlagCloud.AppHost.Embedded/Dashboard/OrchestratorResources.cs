using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Running;
using FlagCloud.Dashboard;
using FlagCloud.Dashboard.Resources;

namespace Aspire.Hosting.Dashboard;

/// <summary>What the dashboard shows of the orchestrator, and what it may ask of it.</summary>
internal sealed class OrchestratorResources : IResourceSource
{
    readonly Orchestrator orchestrator;
    readonly ConsoleBuffer console = new(TimeProvider.System);

    public OrchestratorResources(Orchestrator orchestrator)
    {
        this.orchestrator = orchestrator;
        foreach (var status in orchestrator.Statuses)
        {
            status.Changed += _ => Changed?.Invoke();
            status.LineWritten += (s, line) =>
            {
                console.Append(s.Name, line.Text, line.IsError);
                Changed?.Invoke();
            };
        }
    }

    public event Action? Changed;

    public IReadOnlyList<ResourceSnapshot> Resources => [.. orchestrator.Statuses.Select(s => Snapshots.Of(s, ResourceCommands.Of(s, orchestrator)))];

    public IReadOnlyList<ConsoleLine> ReadConsole(string resource, long after) => console.Read(resource, after);

    public Task<CommandOutcome> ExecuteAsync(string resource, string command, CancellationToken cancel) =>
        ResourceCommands.ExecuteAsync(orchestrator, resource, command, cancel);

    /// <summary>From the trace of a comparison to its page.</summary>
    public DashboardLink? LinkOf(string attribute, string value) => attribute == "comparison.id" && orchestrator.Statuses.FirstOrDefault(s => s.Name == "silo") is { IsReady: true } silo
        ? new("Comparison", $"{new EndpointReference((IResourceWithEndpoints)silo.Resource, "http").Url}/runs/{Uri.EscapeDataString(value)}")
        : null;

    /// <summary>The pages that the app itself offers: what was given a title of its own.</summary>
    public IReadOnlyList<DashboardLink> Links() => [.. orchestrator.Statuses.Where(s => s.IsReady)
        .SelectMany(s => ResourceUrls.UrlsOf(s.Resource))
        .Where(u => u is { DisplayText: not null, DisplayLocation: UrlDisplayLocation.SummaryAndDetails })
        .Select(u => new DashboardLink(u.DisplayText!, u.Url))];
}
