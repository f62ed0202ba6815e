using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Output;
using Aspire.Hosting.Processes;

namespace Aspire.Hosting.Running;

/// <summary>Decides when the app ends, and with which exit code.</summary>
/// <param name="stopRequested">Yields the exit code of a program that such a request ends.</param>
/// <param name="everythingRuns">Every service is ready.</param>
internal sealed class AppEnd(Orchestrator orchestrator, bool once, Terminal terminal, Task<int> stopRequested, Task everythingRuns)
{
    public async Task<int> WaitAsync(CancellationToken cancellationToken)
    {
        var work = WorkAsync(cancellationToken);
        var parentGone = ParentWatch.ParentGoneAsync(cancellationToken);
        var first = await Task.WhenAny(stopRequested, work, parentGone);
        if (first == work && !stopRequested.IsCompleted)
            return await work;
        terminal.Say(first == parentGone ? "The program that started this AppHost is gone. Stopping." : "Stopping. Ctrl+C once more ends everything at once.");
        // A service that was asked to stop has done well; a job that was to be finished has not.
        return !once ? 0 : first == stopRequested ? await stopRequested : 1;
    }

    async Task<int> WorkAsync(CancellationToken cancellationToken)
    {
        var jobs = orchestrator.Statuses.Where(s => s.Resource.IsJob()).ToList();
        var incidents = IncidentsAsync(jobs, cancellationToken);
        if (once && jobs.Count == 0 && await Task.WhenAny(everythingRuns, incidents) == everythingRuns)
            return 0;
        return await incidents;
    }

    async Task<int> IncidentsAsync(List<ResourceStatus> jobs, CancellationToken cancellationToken)
    {
        var exitCode = 0;
        // Counted by what was told here: a job whose end is still in the queue has an exit code to add.
        var running = jobs.ToHashSet();
        await foreach (var incident in orchestrator.Incidents(cancellationToken))
        {
            if (incident is not Incident.JobEnded { ExitCode: 0 } && await IsPartOfStoppingAsync())
                break;
            if (incident is not Incident.JobEnded job)
            {
                terminal.Error(incident.Message);
                if (once || incident is Incident.StartFailed)
                    return 1;
                continue;
            }
            terminal.Say(job.Message);
            exitCode = exitCode == 0 ? job.ExitCode : exitCode;
            running.Remove(job.Status);
            if (once && running.Count == 0)
                return exitCode;
        }
        return await stopRequested;
    }

    // Ctrl+C reaches the children as soon as the AppHost: what they do then is no crash.
    async Task<bool> IsPartOfStoppingAsync() => await Task.WhenAny(stopRequested, Task.Delay(500)) == stopRequested;
}
