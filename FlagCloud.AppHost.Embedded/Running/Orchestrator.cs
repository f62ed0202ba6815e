using System.Threading.Channels;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Health;
using Aspire.Hosting.Output;
using Aspire.Hosting.Processes;

namespace Aspire.Hosting.Running;

/// <summary>All resources of a running app: what is known about them, and what can be done with each.</summary>
internal sealed class Orchestrator : IDisposable
{
    static readonly TimeSpan StopBudget = TimeSpan.FromSeconds(8);

    readonly Dictionary<string, ResourceRunner> runners;
    readonly Channel<Incident> incidents = Channel.CreateUnbounded<Incident>();

    public Orchestrator(IEnumerable<IResource> resources, Terminal terminal, Guardian? guardian, HealthTimings timings, bool fresh)
    {
        var statuses = resources.ToDictionary(r => r, r => new ResourceStatus(r, TimeProvider.System));
        var services = new RunServices(terminal, guardian, timings, fresh, r => statuses[r], i => incidents.Writer.TryWrite(i));
        runners = statuses.ToDictionary(s => s.Key.Name, s => new ResourceRunner(s.Key, s.Value, services), StringComparer.OrdinalIgnoreCase);
        Statuses = [.. statuses.Values];
    }

    public IReadOnlyList<ResourceStatus> Statuses { get; }

    public IAsyncEnumerable<Incident> Incidents(CancellationToken cancellationToken) => incidents.Reader.ReadAllAsync(cancellationToken);

    public Task StartAsync(string name) => Runner(name).StartAsync();

    public Task StopAsync(string name) => Runner(name).StopAsync();

    public Task RestartAsync(string name) => Runner(name).RestartAsync();

    public Task StartAllAsync() => Task.WhenAll(runners.Values.Select(r => r.StartAsync()));

    /// <summary>Dependants end before what they use.</summary>
    public async Task StopAllAsync(Task hurry)
    {
        var left = runners.Values.ToList();
        var deadline = Environment.TickCount64 + (long)StopBudget.TotalMilliseconds;
        while (left.Count > 0)
        {
            var next = left.Where(r => !left.Any(other => other != r && other.Status.Resource.DependsOn(r.Status.Resource))).ToList();
            var grace = hurry.IsCompleted ? TimeSpan.Zero
                : TimeSpan.FromMilliseconds(Math.Clamp(deadline - Environment.TickCount64, 0, (long)ChildProcess.Grace.TotalMilliseconds));
            await Task.WhenAll(next.Select(r => r.RetireAsync(grace)));
            left.RemoveAll(next.Contains);
        }
    }

    /// <summary>Remembers what the children have started, until cancelled.</summary>
    public async Task ObserveProcessesAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(3));
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            var processes = Platform.Processes();
            foreach (var runner in runners.Values)
                runner.Observe(processes);
        }
    }

    public void Dispose()
    {
        foreach (var runner in runners.Values)
            runner.Dispose();
    }

    ResourceRunner Runner(string name) => runners.GetValueOrDefault(name)
        ?? throw new DistributedApplicationException($"There is no resource '{name}'. There are: {string.Join(", ", runners.Keys)}.");
}
