using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Running;
using FlagCloud.Dashboard.Resources;
using State = Aspire.Hosting.Running.ResourceState;

namespace Aspire.Hosting.Dashboard;

/// <summary>What a user may ask of a resource: start, stop, restart, and what the app model adds.</summary>
internal static class ResourceCommands
{
    public static IReadOnlyList<ResourceCommand> Of(ResourceStatus status, Orchestrator orchestrator)
    {
        if (status.Resource is not IProcessResource)
            return [];
        var isDown = status.HasEnded || status.State is State.NotStarted;
        var users = orchestrator.Statuses.Where(s => s.ProcessId is not null && s.Resource.DependsOn(status.Resource)).Select(s => s.Name).ToList();
        var warning = users.Count == 0 ? null : $"{string.Join(", ", users)} {(users.Count == 1 ? "uses" : "use")} {status.Name}.";
        return
        [
            .. status.Resource.Annotations.OfType<HttpCommand>().Select(c => new ResourceCommand(c.Name, c.Text)
            {
                Description = c.Options.Description,
                Confirmation = c.Options.ConfirmationMessage,
                IsHighlighted = c.Options.IsHighlighted,
                IsEnabled = status.IsReady && !status.HasEnded,
            }),
            new("start", "Start") { IsEnabled = isDown },
            new("stop", "Stop") { IsEnabled = !isDown && status.State is not State.Stopping, Confirmation = warning is null ? null : $"{warning} Stop it all the same?" },
            new("restart", "Restart") { IsEnabled = !isDown && status.State is not State.Stopping, Confirmation = warning is null ? null : $"{warning} Restart it all the same?" },
        ];
    }

    public static async Task<CommandOutcome> ExecuteAsync(Orchestrator orchestrator, string resource, string command, CancellationToken cancel)
    {
        var status = orchestrator.Statuses.FirstOrDefault(s => s.Name == resource);
        if (status is null)
            return CommandOutcome.Failure($"There is no resource '{resource}'.");
        if (Of(status, orchestrator).FirstOrDefault(c => c.Name == command) is not { IsEnabled: true } offered)
            return CommandOutcome.Failure($"'{resource}' is {status.State} and takes no '{command}' now.");
        var task = offered.Name switch
        {
            "start" => orchestrator.StartAsync(resource),
            "stop" => orchestrator.StopAsync(resource),
            "restart" => orchestrator.RestartAsync(resource),
            _ => null,
        };
        if (task is null)
            return await status.Resource.Annotations.OfType<HttpCommand>().First(c => c.Name == command).ExecuteAsync(cancel);
        await task;
        return CommandOutcome.Success;
    }
}
