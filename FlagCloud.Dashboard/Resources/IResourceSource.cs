namespace FlagCloud.Dashboard.Resources;

/// <summary>
/// What the orchestrator tells the dashboard about the resources that it runs. Every member may be called from any thread at any time.
/// </summary>
public interface IResourceSource
{
    /// <summary>Something about a resource, or its console, is not as it was. Raised as often as it likes: pages gather.</summary>
    event Action? Changed;

    /// <summary>Every resource as it is now, in the order of the app model.</summary>
    IReadOnlyList<ResourceSnapshot> Resources { get; }

    /// <summary>The lines that are held of a resource, oldest first, those with a number greater than <paramref name="after"/>.</summary>
    IReadOnlyList<ConsoleLine> ReadConsole(string resource, long after);

    Task<CommandOutcome> ExecuteAsync(string resource, string command, CancellationToken cancel);
}
