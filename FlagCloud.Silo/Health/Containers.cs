namespace FlagCloud.Silo.Health;

/// <summary>Waits for storage, which may start later than the silo, and sees to it that the containers are there. It is registered, and so starts, before Orleans.</summary>
sealed class Containers([FromKeyedServices("blobs")] BlobServiceClient blobs) : IHostedService
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(1), Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>All that the silo stores in, and all that its identity needs a role on.</summary>
    public static readonly IReadOnlyList<string> Names = [FlagBlobs.Container, ComparisonRecords.Container, StorageHealthCheck.Container];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var begun = Stopwatch.GetTimestamp();
        await Retries.While((e, _) => e.IsStorageAway() && Stopwatch.GetElapsedTime(begun) < Patience, Pause)
            .ExecuteAsync(async token => await Task.WhenAll(Names.Select(name => Ensure(name, token))), cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    async Task Ensure(string name, CancellationToken cancellationToken)
    {
        var container = blobs.GetBlobContainerClient(name);
        try
        {
            await container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status is 403)
        {
            // An identity that may use the containers need not be one that may make some: then whoever deploys makes them.
            if (!await Exists(container, cancellationToken))
                throw new InvalidOperationException(
                    // Azurite's code for it is AuthorizationFailure.
                    e.ErrorCode is "AuthenticationFailed" || e.Message.Contains("failed to authenticate", StringComparison.Ordinal)
                        ? $"Storage does not accept the key or signature of ConnectionStrings__blobs ({e.ErrorCode}). "
                            + $"Take it anew from {container.Uri.GetLeftPart(UriPartial.Authority)}'s account."
                        : $"{container.Uri.GetLeftPart(UriPartial.Path)} does not exist or may not be used, and this silo may not create it. Storage said: {e.ErrorCode}. "
                            + "Create the container, and give the silo's identity the role Storage Blob Data Contributor on it (deploy/azure does both).", e);
        }
    }

    static async Task<bool> Exists(BlobContainerClient container, CancellationToken cancellationToken)
    {
        try
        {
            return await container.ExistsAsync(cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status is 403)
        {
            return false;
        }
    }
}
