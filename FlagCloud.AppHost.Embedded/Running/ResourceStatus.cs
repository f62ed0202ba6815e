using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Output;

namespace Aspire.Hosting.Running;

/// <summary>What is known about a resource while the app runs, and news of every change of it.</summary>
internal sealed class ResourceStatus(IResource resource, TimeProvider clock)
{
    const int LinesKept = 100;
    const int ChangesKept = 500;

    readonly Lock gate = new();
    readonly Queue<ConsoleLine> lines = [];
    readonly List<StateChange> history = [new(ResourceState.NotStarted, clock.GetLocalNow(), null)];
    TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public event Action<ResourceStatus>? Changed;

    public event Action<ResourceStatus, ConsoleLine>? LineWritten;

    public IResource Resource => resource;

    public string Name => resource.Name;

    public ResourceState State => history[^1].State;

    public string? Reason => history[^1].Reason;

    public int? ProcessId { get; private set; }

    public DateTimeOffset? StartedAt { get; private set; }

    public int Restarts { get; private set; }

    public int? ExitCode { get; private set; }

    /// <summary>The variables of the present or last start.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; private set; } = new Dictionary<string, string>();

    /// <summary>Whether those that wait for it may start.</summary>
    public bool IsReady => State is ResourceState.Healthy or ResourceState.Finished
        || (State is ResourceState.Running && !resource.Annotations.OfType<Health.HealthCheck>().Any());

    public bool HasEnded => State is ResourceState.Finished or ResourceState.Exited or ResourceState.FailedToStart;

    public IReadOnlyList<StateChange> History
    {
        get { lock (gate) return [.. history]; }
    }

    /// <summary>The last ones, for a message; the dashboard keeps more.</summary>
    public IReadOnlyList<ConsoleLine> Lines
    {
        get { lock (gate) return [.. lines]; }
    }

    public void Set(ResourceState state, string? reason = null)
    {
        lock (gate)
        {
            if (history[^1].State == state && history[^1].Reason == reason)
                return;
            Remember(state, reason);
        }
        Announce();
    }

    public void Started(int processId, IReadOnlyDictionary<string, string> environment)
    {
        lock (gate)
        {
            if (StartedAt is not null)
                Restarts++;
            (ProcessId, StartedAt, ExitCode, Environment) = (processId, clock.GetLocalNow(), null, environment);
            Remember(ResourceState.Running, null);
        }
        Announce();
    }

    public void Ended(ResourceState state, int exitCode, string reason)
    {
        lock (gate)
        {
            (ProcessId, ExitCode) = (null, exitCode);
            Remember(state, reason);
        }
        Announce();
    }

    public void Write(ConsoleLine line)
    {
        lock (gate)
        {
            lines.Enqueue(line);
            if (lines.Count > LinesKept)
                lines.Dequeue();
        }
        LineWritten?.Invoke(this, line);
    }

    public async Task WhenAsync(Func<ResourceStatus, bool> condition, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task next;
            lock (gate)
            {
                if (condition(this))
                    return;
                next = changed.Task;
            }
            await next.WaitAsync(cancellationToken);
        }
    }

    void Remember(ResourceState state, string? reason)
    {
        history.Add(new(state, clock.GetLocalNow(), reason));
        if (history.Count > ChangesKept)
            history.RemoveAt(0);
    }

    void Announce()
    {
        TaskCompletionSource previous;
        lock (gate)
            (previous, changed) = (changed, new(TaskCreationOptions.RunContinuationsAsynchronously));
        previous.SetResult();
        Changed?.Invoke(this);
    }
}
