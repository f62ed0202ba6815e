using FlagCloud.Dashboard.Resources;
using Microsoft.AspNetCore.Components;

namespace FlagCloud.Dashboard.Pages;

public sealed partial class ResourcesPage
{
    readonly HashSet<(string Resource, string Command)> _running = [];
    IReadOnlyList<ResourceSnapshot> _all = [];
    IReadOnlyList<ResourceSnapshot> _shown = [];
    IReadOnlyDictionary<string, int> _errors = new Dictionary<string, int>();
    ResourceSnapshot? _selected;
    (ResourceSnapshot Resource, ResourceCommand Command)? _asked;
    CommandOutcome? _outcome;

    [Inject] IResourceSource Source { get; set; } = null!;
    [SupplyParameterFromQuery] public string? Text { get; set; }
    [SupplyParameterFromQuery] public string? State { get; set; }
    [SupplyParameterFromQuery] public string? View { get; set; }
    [SupplyParameterFromQuery] public string? Name { get; set; }

    bool IsGraph => View == "graph";

    protected override void Load()
    {
        _all = Source.Resources;
        _shown = [.. _all.Where(resource =>
            (resource.Name.Contains(Text ?? "", StringComparison.OrdinalIgnoreCase) || resource.Type.Contains(Text ?? "", StringComparison.OrdinalIgnoreCase))
            && (State is null || (State == "unhealthy" ? resource.Health == ResourceHealth.Unhealthy : resource.State.ToString() == State)))];
        _selected = _all.FirstOrDefault(resource => resource.Name == Name);
        _errors = Store.Logs.Where(entry => entry.Level >= LogLevel.Error).CountBy(entry => entry.Resource.Name).ToDictionary();
    }

    Task Ask(ResourceSnapshot resource, ResourceCommand command)
    {
        if (command.Confirmation is null) return Execute(resource, command);
        _asked = (resource, command);
        return Task.CompletedTask;
    }

    async Task Execute(ResourceSnapshot resource, ResourceCommand command)
    {
        _asked = null;
        if (!_running.Add((resource.Name, command.Name))) return;
        try
        {
            var outcome = await Source.ExecuteAsync(resource.Name, command.Name, CancellationToken.None);
            _outcome = outcome with { Message = $"{command.Text} {resource.Name}{(outcome.Message is null ? "" : ": " + outcome.Message)}" };
        }
        finally
        {
            _running.Remove((resource.Name, command.Name));
        }
        Load();
    }

    static string CommandIcon(string name) => name switch { "start" => "play", "stop" => "stop", "restart" => "restart", _ => "play" };
}
