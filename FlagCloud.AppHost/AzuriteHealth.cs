using Azure;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

/// <summary>Healthy if it takes a write: Azurite's disk store can wedge so that it still lists and no longer stores.</summary>
sealed class AzuriteHealth(AzuriteResource azurite) : IHealthCheck
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    readonly Lock gate = new();
    Task write = Task.CompletedTask;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await Write().WaitAsync(Patience, cancellationToken);
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

    // One at a time, never aborted: an aborted write costs Azurite's disk store one of its 50 write slots for good.
    Task Write()
    {
        lock (gate) return write.IsCompleted ? write = Upload() : write;
    }

    async Task Upload()
    {
        var options = new BlobClientOptions { Retry = { MaxRetries = 0, NetworkTimeout = Timeout.InfiniteTimeSpan } };
        var container = new BlobContainerClient(await AzuriteResource.Connection("Blob", azurite.Blob).GetValueAsync(CancellationToken.None), "health", options);
        await container.CreateIfNotExistsAsync(); // Each time: a restart empties what is kept in memory.
        await container.GetBlobClient("azurite").UploadAsync(BinaryData.FromString("ok"), overwrite: true);
    }
}

static class AzuriteHealthExtensions
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    public static IResourceBuilder<AzuriteResource> WithWriteCheck(this IResourceBuilder<AzuriteResource> azurite)
    {
        var check = new AzuriteHealth(azurite.Resource);
        var key = $"{azurite.Resource.Name}_writes";
        azurite.ApplicationBuilder.Services.AddHealthChecks().Add(new(key, check, failureStatus: null, tags: null));
        azurite.ApplicationBuilder.Eventing.Subscribe<BeforeStartEvent>((start, cancellationToken) =>
        {
            _ = WatchAsync(azurite.Resource, check, start.Services); // Cancelled as the app ends.
            return Task.CompletedTask;
        });
        return azurite.WithHealthCheck(key);
    }

    // Aspire asks a healthy resource again after 30 s, which cannot be set. A change of state makes it ask at once.
    static async Task WatchAsync(AzuriteResource azurite, AzuriteHealth check, IServiceProvider services)
    {
        var stopping = services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        var notifications = services.GetRequiredService<ResourceNotificationService>();
        using var clock = new PeriodicTimer(Interval);
        while (await clock.WaitForNextTickAsync(stopping))
        {
            if (!notifications.TryGetCurrentState(azurite.Name, out var now) || now.Snapshot.HealthStatus is not HealthStatus.Healthy) continue;
            if ((await check.CheckHealthAsync(new(), stopping)).Status is HealthStatus.Healthy) continue;
            await notifications.PublishUpdateAsync(azurite, snapshot => snapshot with { State = KnownResourceStates.Waiting });
            await notifications.PublishUpdateAsync(azurite, snapshot => snapshot with { State = KnownResourceStates.Running });
        }
    }
}
