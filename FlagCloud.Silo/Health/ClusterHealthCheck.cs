using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FlagCloud.Silo.Health;

/// <summary>Healthy while this silo is an active member of its cluster, once it has seen as many as are started together (<c>Cluster:Silos</c>), until SIGTERM.</summary>
sealed class ClusterHealthCheck(ISiloStatusOracle oracle, IHostApplicationLifetime lifetime, IConfiguration configuration) : IHealthCheck
{
    readonly int together = configuration.GetValue("Cluster:Silos", 1);
    bool complete;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var active = oracle.GetApproximateSiloStatuses(onlyActive: true).Count;
        complete |= active >= together; // That another leaves later is not this one's illness.
        return Task.FromResult(
            lifetime.ApplicationStopping.IsCancellationRequested ? HealthCheckResult.Unhealthy("The silo is stopping.") // No new request is sent to one that is leaving.
            : oracle.CurrentStatus is not SiloStatus.Active ? HealthCheckResult.Unhealthy($"The silo is {oracle.CurrentStatus}.")
            : complete ? HealthCheckResult.Healthy("The silo is active.")
            : HealthCheckResult.Unhealthy($"The silo is active, and sees {active} of {together}."));
    }
}
