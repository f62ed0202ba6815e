using Aspire.Hosting.ApplicationModel;
using Azure;
using Azure.Storage.Blobs;

namespace Aspire.Hosting.Health;

/// <summary>
/// Storage is healthy when it takes a write: Azurite's disk store can reach a state in which it lists blobs but stores none.
/// </summary>
internal sealed class BlobWriteCheck(IResourceWithConnectionString storage) : HealthCheck
{
    static readonly BinaryData Content = BinaryData.FromString("ok");

    BlobClient? blob;
    Task? write;
    Action? abandon;

    public override bool RestartsResource => true;

    public override async Task<string?> CheckAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            // At most one write is in flight, and it is never aborted while the store lives: aborted writes are what wedges it.
            await (write ??= Begin()).WaitAsync(timeout, cancellationToken);
            write = null;
            return null;
        }
        catch (TimeoutException)
        {
            return $"a blob could not be written within {timeout.TotalSeconds:0.#} s";
        }
        catch (Exception e) when (e is RequestFailedException or HttpRequestException or IOException or AggregateException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            write = null;
            return $"a blob could not be written ({e.Message.Split('\n')[0].Trim()})";
        }
    }

    public override void Reset()
    {
        abandon?.Invoke();
        write = null;
    }

    Task Begin()
    {
        var abandoned = new CancellationTokenSource();
        abandon = abandoned.Cancel;
        return WriteAsync(abandoned.Token);
    }

    async Task WriteAsync(CancellationToken cancellationToken)
    {
        if (blob is null)
        {
            var options = new BlobClientOptions { Retry = { MaxRetries = 0, NetworkTimeout = Timeout.InfiniteTimeSpan }, Diagnostics = { IsDistributedTracingEnabled = false, IsLoggingEnabled = false } };
            var container = new BlobContainerClient(await storage.ConnectionStringExpression.GetValueAsync(cancellationToken), "health", options);
            await container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
            blob = container.GetBlobClient("probe");
        }
        await blob.UploadAsync(Content, overwrite: true, cancellationToken);
    }
}
