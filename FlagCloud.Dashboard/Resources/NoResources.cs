namespace FlagCloud.Dashboard.Resources;

/// <summary>No orchestrator: the dashboard shows telemetry alone.</summary>
internal sealed class NoResources : IResourceSource
{
    public event Action? Changed { add { } remove { } }
    public IReadOnlyList<ResourceSnapshot> Resources => [];
    public IReadOnlyList<ConsoleLine> ReadConsole(string resource, long after) => [];

    public Task<CommandOutcome> ExecuteAsync(string resource, string command, CancellationToken cancel) =>
        Task.FromResult(CommandOutcome.Failure("No orchestrator runs here; there is nothing to command."));
}
