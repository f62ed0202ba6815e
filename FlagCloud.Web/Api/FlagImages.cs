using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Caching.Memory;

namespace FlagCloud.Silo.Flags;

/// <summary>
/// Stored flags as pages show them. A version that is asked for by its SHA-256 is read from storage once, so that many viewers of a race
/// do not take from it the storage that it is measured on.
/// </summary>
sealed class FlagImages(FlagStore store) : IDisposable
{
    const long HeldBytes = 32 * 1024 * 1024;

    readonly MemoryCache held = new(new MemoryCacheOptions { SizeLimit = HeldBytes });

    /// <summary>The flag as it is stored; null if there is none. It may be another version than was asked for, if that one is gone.</summary>
    public async Task<BlobDownloadResult?> Read(string country, string? sha256, CancellationToken cancellationToken)
    {
        if (sha256 is not null && held.TryGetValue((country, sha256), out BlobDownloadResult? known)) return known;
        var blob = await store.Read(country, cancellationToken);
        if (blob is not null && sha256 is not null && FlagBlob.Sha256Of(blob.Details.Metadata) == sha256)
            held.Set((country, sha256), blob, new MemoryCacheEntryOptions { Size = blob.Content.ToMemory().Length });
        return blob;
    }

    public void Dispose() => held.Dispose();
}
