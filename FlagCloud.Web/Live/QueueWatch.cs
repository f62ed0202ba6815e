using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FlagCloud.Web.Live;

/// <summary>Follows the queue for everybody in this process: pages look again when something begins or ends, and never else. It knows, too, whether there is a silo.</summary>
sealed partial class QueueWatch(Silos silos, ILogger<QueueWatch> logger) : BackgroundService, IHealthCheck
{
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    bool everUp;

    public bool IsUp { get; private set; }

    /// <summary>Ids of the comparisons that have not ended, the running one first; as of the last word if there is no silo.</summary>
    public IReadOnlyList<string> Unfinished { get; private set; } = [];

    /// <summary>After a change of either.</summary>
    public event Action? Changed;

    /// <summary>Unhealthy before the first silo is found; one that is lost later is what this process has to tell its visitors.</summary>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        IsUp ? HealthCheckResult.Healthy("A silo answers.") : everUp ? HealthCheckResult.Degraded("No silo answers any more.") : HealthCheckResult.Unhealthy("No silo has answered yet."));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var attempt = 1; !stoppingToken.IsCancellationRequested; attempt++)
        {
            try
            {
                await foreach (var unfinished in silos.Watch((grains, token) => grains.GetGrain<IQueueGrain>(0).Watch(token), stoppingToken))
                {
                    if (!IsUp) LogFound();
                    (IsUp, everUp, Unfinished) = (true, true, unfinished);
                    Changed?.Invoke();
                }
            }
            catch (Exception e)
            {
                if (stoppingToken.IsCancellationRequested) return;
                if (IsUp)
                {
                    LogLost(e);
                    IsUp = false;
                    Changed?.Invoke();
                }
                else if (attempt is 1) LogAwaited();
            }
            await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(61, LogLevel.Information, "A silo answers")]
    partial void LogFound();

    [LoggerMessage(63, LogLevel.Information, "No silo has answered yet; it is tried again all the time")]
    partial void LogAwaited();

    [LoggerMessage(62, LogLevel.Warning, "No silo answers; it is tried again all the time")]
    partial void LogLost(Exception exception);
}
