using System.IO.Compression;
using System.Security.Cryptography;

namespace FlagCloud.Silo.Flags;

/// <summary>What is stored of a flag.</summary>
/// <param name="Encoding">Content encoding; null: as it came.</param>
sealed record FlagUpload(byte[] Content, string? Encoding, byte[] Md5);

/// <summary>The work between download and upload, all of it for the CPU.</summary>
sealed class FlagWork(CpuParts cpu)
{
    public async ValueTask<FlagUpload> Do(FetchedFlag flag, FlagDownload download, CancellationToken cancellationToken) =>
        download.Order.Work is WorkKind.None
            ? await cpu.Here(() => Upload(flag.Content, null), download, cancellationToken)
            : await cpu.OnWorker(() => Upload(Compress(flag.Content, download.Order.Quality), "br"), download, cancellationToken);

    static byte[] Compress(byte[] content, int quality)
    {
        var compressed = new byte[BrotliEncoder.GetMaxCompressedLength(content.Length)];
        return BrotliEncoder.TryCompress(content, compressed, out var length, quality, window: 22)
            ? compressed[..length]
            : throw new InvalidOperationException($"Brotli could not compress {content.Length} bytes.");
    }

#pragma warning disable CA5351 // MD5 is the checksum of the blob protocol, not a protection.
    static FlagUpload Upload(byte[] content, string? encoding) => new(content, encoding, MD5.HashData(content));
#pragma warning restore CA5351
}
