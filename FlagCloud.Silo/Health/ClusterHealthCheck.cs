using Microsoft.Extensions.Diagnostics.HealthChecks;
using Orleans.Runtime;

namespace FlagCloud.Silo.Health;

/// <summary>Healthy while this silo is an active member of its cluster.</summary>
sealed class ClusterHealthCheck(ISiloStatusOracle oracle) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        oracle.CurrentStatus is SiloStatus.Active
            ? HealthCheckResult.Healthy("The silo is active.")
            : HealthCheckResult.Unhealthy($"The silo is {oracle.CurrentStatus}."));
}
