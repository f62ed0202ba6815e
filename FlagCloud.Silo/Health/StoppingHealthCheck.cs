using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FlagCloud.Silo.Health;

/// <summary>Unhealthy from SIGTERM on, so that no new request is sent to a silo that is leaving.</summary>
sealed class StoppingHealthCheck(IHostApplicationLifetime lifetime) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        lifetime.ApplicationStopping.IsCancellationRequested ? HealthCheckResult.Unhealthy("The silo is stopping.") : HealthCheckResult.Healthy("The silo is not stopping."));
}
