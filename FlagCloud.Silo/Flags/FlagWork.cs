using System.IO.Compression;
using System.Security.Cryptography;
using FlagCloud.Contracts;

namespace FlagCloud.Silo.Flags;

/// <summary>The work between download and upload, all of it for the CPU.</summary>
sealed class FlagWork(CpuParts cpu)
{
    public async ValueTask<FlagUpload> Do(FetchedFlag flag, DownloadOrder order, CpuAccount account, CancellationToken cancellationToken) =>
        order.Work is WorkKind.None
            ? await cpu.Here(() => Upload(flag.Content, null), account, cancellationToken)
            : await cpu.OnWorker(() => Upload(Compress(flag.Content, order.Quality), "br"), account, cancellationToken);

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
