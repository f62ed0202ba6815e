using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FlagCloud.Silo.Health;

/// <summary>Healthy if storage takes a write: Azurite's disk store can wedge so that it still lists and no longer stores.</summary>
sealed class StorageHealthCheck(BlobServiceClient blobs, ILocalSiloDetails silo, TimeProvider time) : IHealthCheck
{
    public const string Container = "health";
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(3), GoodFor = TimeSpan.FromSeconds(1);

    readonly BlobContainerClient container = blobs.GetBlobContainerClient(Container);
    readonly Lock gate = new();
    Task write = Task.CompletedTask;
    long takenAt;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await Write().WaitAsync(Patience, cancellationToken);
            return HealthCheckResult.Healthy("Storage took a write.");
        }
        catch (TimeoutException)
        {
            return HealthCheckResult.Unhealthy($"Storage has not acknowledged a write within {Patience.TotalSeconds} s.");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy($"Storage refused a write: {e.Message.Split('\n')[0]}");
        }
    }

    // One write at a time, never aborted: an aborted one costs Azurite's disk store one of its 50 write slots for good. And at most one a
    // second, since anyone who reaches the port may ask.
    Task Write()
    {
        lock (gate)
        {
            if (!write.IsCompleted || (write.IsCompletedSuccessfully && takenAt is not 0 && time.GetElapsedTime(takenAt) < GoodFor)) return write;
            return write = Upload();
        }
    }

    async Task Upload()
    {
        var probe = container.GetBlobClient(silo.Name);
        await container.CreatedIfLost(() => probe.UploadAsync(BinaryData.FromString("ok"), overwrite: true, CancellationToken.None));
        takenAt = time.GetTimestamp();
    }
}

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
