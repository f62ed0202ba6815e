using Azure.Storage.Blobs;

namespace FlagCloud.Silo.Storage;

/// <summary>How often the blob client tries again by itself, before a download or a record counts as not stored.</summary>
static class BlobRetries
{
    public static void Configure(BlobClientOptions options)
    {
        options.Retry.MaxRetries = 5;
        options.Retry.Delay = TimeSpan.FromMilliseconds(300);
        options.Retry.MaxDelay = TimeSpan.FromSeconds(5);
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(20);
    }
}
