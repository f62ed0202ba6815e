using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Output;
using Aspire.Hosting.Processes;

namespace Aspire.Hosting.Running;

/// <summary>Decides when the app ends, and with which exit code.</summary>
internal sealed class AppEnd(Orchestrator orchestrator, bool once, Terminal terminal, StopSignals signals)
{
    public async Task<int> WaitAsync(CancellationToken cancellationToken)
    {
        var incident = IncidentAsync(cancellationToken);
        var parentGone = ParentWatch.ParentGoneAsync(cancellationToken);
        var first = await Task.WhenAny(signals.First, incident, parentGone, Task.Delay(Timeout.Infinite, cancellationToken));
        if (first == incident)
            return await incident;
        terminal.Say(first == parentGone ? "The program that started this AppHost is gone. Stopping." : "Stopping. Ctrl+C once more ends everything at once.");
        // A service was asked to stop and does: that is success. A job that was to be finished is not.
        return !once ? 0 : first == signals.First ? await signals.First : 1;
    }

    async Task<int> IncidentAsync(CancellationToken cancellationToken)
    {
        var jobs = orchestrator.Statuses.Where(s => s.Resource.IsJob()).ToList();
        if (once && jobs.Count == 0)
        {
            foreach (var status in orchestrator.Statuses)
                await status.WhenAsync(s => s.IsReady || s.HasEnded, cancellationToken);
            if (orchestrator.Statuses.All(s => s.IsReady))
                return 0;
        }
        var exitCode = 0;
        await foreach (var incident in orchestrator.Incidents(cancellationToken))
        {
            if (incident is not Incident.JobEnded { ExitCode: 0 } && await IsPartOfStoppingAsync())
                await Task.Delay(Timeout.Infinite, cancellationToken);
            if (incident is Incident.JobEnded job)
            {
                terminal.Say(job.Message);
                exitCode = exitCode == 0 ? job.ExitCode : exitCode;
                if (once && jobs.All(j => j.HasEnded))
                    return exitCode;
                continue;
            }
            terminal.Error(incident.Message);
            if (once || incident is Incident.StartFailed)
                return 1;
        }
        return exitCode;
    }

    // Ctrl+C reaches the children as soon as the AppHost: what they do then is no crash.
    async Task<bool> IsPartOfStoppingAsync() => await Task.WhenAny(signals.First, Task.Delay(300)) == signals.First;
}
