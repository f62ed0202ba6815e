using System.IO.Compression;
using System.Security.Cryptography;

namespace FlagCloud.Silo.Flags;

/// <summary>What is stored of a flag. To make it is work for the CPU.</summary>
/// <param name="Encoding">Content encoding; null: as it came.</param>
sealed record FlagUpload(byte[] Content, string? Encoding)
{
#pragma warning disable CA5351 // MD5 is the checksum of the blob protocol, not a protection.
    public byte[] Md5 { get; } = MD5.HashData(Content);
#pragma warning restore CA5351

    public static FlagUpload Compressed(byte[] content, int quality)
    {
        var compressed = new byte[BrotliEncoder.GetMaxCompressedLength(content.Length)];
        return BrotliEncoder.TryCompress(content, compressed, out var length, quality, window: 22)
            ? new(compressed[..length], "br")
            : throw new InvalidOperationException($"Brotli could not compress {content.Length} bytes.");
    }
}
