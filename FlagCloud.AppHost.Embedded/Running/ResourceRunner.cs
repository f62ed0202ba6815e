using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Environments;
using Aspire.Hosting.Health;
using Aspire.Hosting.JavaScript;
using Aspire.Hosting.Npm;
using Aspire.Hosting.Processes;

namespace Aspire.Hosting.Running;

/// <summary>Starts, watches, stops and restarts one resource.</summary>
internal sealed class ResourceRunner(IResource resource, ResourceStatus status, RunServices services) : IDisposable
{
    readonly SemaphoreSlim operations = new(1);
    CancellationTokenSource stopping = new();
    Task run = Task.CompletedTask;
    ChildProcess? child;
    bool wasReady;
    bool isUp;
    bool isRetired;

    public ResourceStatus Status => status;

    /// <summary>Returns at once; the status tells how it goes on.</summary>
    public Task StartAsync() => ExclusiveAsync(() =>
    {
        Begin();
        return Task.CompletedTask;
    });

    public Task StopAsync() => ExclusiveAsync(async () =>
    {
        if (run.IsCompleted)
            return;
        await EndAsync(ChildProcess.Grace);
        if (resource.IsJob() && status.State is not ResourceState.Finished)
            services.Report(new Incident.JobEnded(status, $"{status.Name} was stopped before its end.", 1));
    });

    /// <summary>For good: whoever asks for a start from now on, asks too late.</summary>
    public Task RetireAsync(TimeSpan grace) => ExclusiveAsync(() =>
    {
        isRetired = true;
        return EndAsync(grace);
    });

    public Task RestartAsync() => ExclusiveAsync(async () =>
    {
        await EndAsync(ChildProcess.Grace);
        Begin();
    });

    public void Dispose()
    {
        operations.Dispose();
        stopping.Dispose();
    }

    public void Observe(IReadOnlyList<ProcessEntry> processes) => child?.Observe(processes);

    async Task ExclusiveAsync(Func<Task> operation)
    {
        await operations.WaitAsync();
        try
        {
            await operation();
        }
        finally
        {
            operations.Release();
        }
    }

    void Begin()
    {
        if (isRetired || !run.IsCompleted)
            return;
        stopping.Dispose();
        stopping = new();
        run = RunAsync(stopping.Token);
    }

    async Task EndAsync(TimeSpan grace)
    {
        if (run.IsCompleted)
            return;
        status.Set(ResourceState.Stopping);
        await stopping.CancelAsync();
        if (child is { } running)
            await running.StopAsync(grace);
        await run;
    }

    async Task RunAsync(CancellationToken stop)
    {
        try
        {
            await WaitForPrerequisitesAsync(stop);
            if (resource is IProcessResource process)
                await RunProcessAsync(process, stop);
            else
                status.Set(ResourceState.Running);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            status.Set(ResourceState.Exited, "stopped");
        }
        catch (DistributedApplicationException e)
        {
            Fail(e.Message);
        }
        catch (Exception e) // Whatever it is, a resource that never starts must say so, or everything that waits for it hangs.
        {
            Fail($"'{status.Name}' could not be started: {e.Message}");
        }
        finally
        {
            child = null;
        }
    }

    async Task WaitForPrerequisitesAsync(CancellationToken stop)
    {
        foreach (var prerequisite in resource.Prerequisites())
        {
            if (!services.StatusOf(prerequisite).IsReady)
                status.Set(ResourceState.Waiting, $"for {prerequisite.Name}");
            await services.StatusOf(prerequisite).WhenAsync(s => s.IsReady, stop);
        }
    }

    async Task RunProcessAsync(IProcessResource process, CancellationToken stop)
    {
        status.Set(ResourceState.Starting);
        if (resource is JavaScriptAppResource app)
            await new NpmInstaller(app.WorkingDirectory, services.Terminal.Say, services.Guardian).EnsureInstalledAsync(stop);
        var command = await CommandAsync(process, stop);
        services.Terminal.Detail($"{status.Name}: {command} in {command.WorkingDirectory}");
        var checks = resource.Annotations.OfType<HealthCheck>().ToList();
        checks.ForEach(c => c.Reset());
        stop.ThrowIfCancellationRequested();
        isUp = false;
        var started = child = ChildProcess.Start(command, status.Write, services.Guardian);
        status.Started(started.Id, command.Environment);
        using var watching = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var health = new HealthWatch(checks, services.Timings).RunAsync(OnHealth, watching.Token);
        if (await Task.WhenAny(started.Exited, health) == health && !stop.IsCancellationRequested && await health is { } verdict)
        {
            await OnVerdictAsync(verdict, started, stop);
            return;
        }
        var exitCode = await started.Exited;
        await watching.CancelAsync();
        await health;
        OnExit(exitCode, stop);
    }

    async Task<Command> CommandAsync(IProcessResource process, CancellationToken stop)
    {
        var environment = new Dictionary<string, string>(await ResourceEnvironment.ResolveAsync(resource, stop));
        // Data are emptied once, on demand; a restart must find what was stored.
        if (services.Fresh && status.StartedAt is null && resource is JavaScriptAppResource)
            environment["FLAGCLOUD_FRESH"] = "true";
        var command = process.Command;
        return command with
        {
            Arguments = [.. command.Arguments, .. resource.Annotations.OfType<ArgumentsAnnotation>().SelectMany(a => a.Arguments)],
            Environment = environment,
        };
    }

    void OnHealth(string? problem)
    {
        isUp |= problem is null;
        wasReady |= isUp;
        // Before the first success of this process there is nothing to be unhealthy: it is still starting.
        if (problem is null)
            status.Set(ResourceState.Healthy);
        else if (isUp && status.State is not ResourceState.Stopping)
            status.Set(ResourceState.Unhealthy, problem);
    }

    async Task OnVerdictAsync(HealthVerdict verdict, ChildProcess started, CancellationToken stop)
    {
        if (verdict.Restart)
        {
            services.Terminal.Say($"{status.Name} runs but does not work: {verdict.Problem}, {verdict.Failures} times in a row. It is restarted; what it had stored stays.");
            await started.StopAsync(ChildProcess.Grace);
            status.Set(ResourceState.Exited, "restarted because it did not work");
            if (!stop.IsCancellationRequested)
                _ = RestartAsync();
            return;
        }
        var tail = Tail();
        await started.StopAsync(ChildProcess.Grace);
        Fail($"'{status.Name}' did not become healthy within {services.Timings.StartupTimeout.TotalSeconds:0} s: {verdict.Problem}.{tail}");
    }

    void OnExit(int exitCode, CancellationToken stop)
    {
        if (stop.IsCancellationRequested)
        {
            status.Ended(ResourceState.Exited, exitCode, "stopped");
            return;
        }
        var how = ExitCodes.Describe(exitCode);
        if (resource.IsJob())
        {
            status.Ended(exitCode == 0 ? ResourceState.Finished : ResourceState.Exited, exitCode, how);
            services.Report(new Incident.JobEnded(status, exitCode == 0 ? $"{status.Name} has finished." : $"{status.Name} ended with {how}.", exitCode));
        }
        else if (wasReady || status.IsReady)
        {
            status.Ended(ResourceState.Exited, exitCode, how);
            services.Report(new Incident.ServiceDied(status, $"'{status.Name}' ended with {how} after it had been running.{Tail()}"));
        }
        else
        {
            status.Ended(ResourceState.FailedToStart, exitCode, how);
            services.Report(new Incident.StartFailed(status, $"'{status.Name}' ended with {how} before it was ready.{Tail()}"));
        }
    }

    void Fail(string message)
    {
        status.Set(ResourceState.FailedToStart, message.Split('\n')[0]);
        services.Report(wasReady ? new Incident.ServiceDied(status, message) : new Incident.StartFailed(status, message));
    }

    string Tail()
    {
        var last = status.Lines.TakeLast(12).Select(l => "\n  " + Output.Ansi.Strip(l.Text)).ToList();
        return last.Count == 0 ? " It printed nothing." : " Its last lines:" + string.Concat(last);
    }
}
