using Azure;
using Azure.Storage.Blobs;

/// <summary>Azurite is healthy if it takes a write: its disk store can wedge so that it still lists and no longer stores.</summary>
static class AzuriteHealth
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5), Interval = TimeSpan.FromSeconds(5);

    public static IResourceBuilder<AzuriteResource> WithWriteCheck(this IResourceBuilder<AzuriteResource> azurite)
    {
        var key = $"{azurite.Resource.Name}_writes";
        var gate = new Lock();
        var write = Task.CompletedTask;
        azurite.ApplicationBuilder.Services.AddHealthChecks().AddAsyncCheck(key, CheckAsync);
        azurite.ApplicationBuilder.OnBeforeStart((start, cancellationToken) =>
        {
            _ = WatchAsync(start.Services); // Cancelled as the app ends.
            return Task.CompletedTask;
        });
        return azurite.WithHealthCheck(key);

        async Task<HealthCheckResult> CheckAsync(CancellationToken cancellationToken)
        {
            try
            {
                // One at a time, never aborted: an aborted write costs Azurite's disk store one of its 50 write slots for good.
                lock (gate) write = write.IsCompleted ? WriteAsync(azurite.Resource) : write;
                await write.WaitAsync(Patience, cancellationToken);
                return HealthCheckResult.Healthy("It takes writes.");
            }
            catch (TimeoutException)
            {
                return HealthCheckResult.Unhealthy($"Azurite has not acknowledged a write within {Patience.TotalSeconds} s.");
            }
            catch (Exception e) when (e is RequestFailedException or IOException or HttpRequestException)
            {
                return HealthCheckResult.Unhealthy($"Azurite refused a write: {e.Message.Split('\n')[0].Trim()}");
            }
        }

        // Aspire asks a healthy resource again after 30 s, which cannot be set. A change of state makes it ask at once.
        async Task WatchAsync(IServiceProvider services)
        {
            var stopping = services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
            var notifications = services.GetRequiredService<ResourceNotificationService>();
            using var clock = new PeriodicTimer(Interval);
            while (await clock.WaitForNextTickAsync(stopping))
            {
                if (!notifications.TryGetCurrentState(azurite.Resource.Name, out var now) || now.Snapshot.HealthStatus is not HealthStatus.Healthy) continue;
                if ((await CheckAsync(stopping)).Status is HealthStatus.Healthy) continue;
                await notifications.PublishUpdateAsync(azurite.Resource, snapshot => snapshot with { State = KnownResourceStates.Waiting });
                await notifications.PublishUpdateAsync(azurite.Resource, snapshot => snapshot with { State = KnownResourceStates.Running });
            }
        }
    }

    static async Task WriteAsync(AzuriteResource azurite)
    {
        var options = new BlobClientOptions { Retry = { MaxRetries = 0, NetworkTimeout = Timeout.InfiniteTimeSpan } };
        var container = new BlobContainerClient(await AzuriteResource.Connection("Blob", azurite.Blob).GetValueAsync(CancellationToken.None), "health", options);
        await container.CreateIfNotExistsAsync(); // Each time: a restart empties what is kept in memory.
        await container.GetBlobClient("azurite").UploadAsync(BinaryData.FromString("ok"), overwrite: true);
    }
}
