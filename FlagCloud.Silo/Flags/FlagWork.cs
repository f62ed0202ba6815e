using System.IO.Compression;
using FlagCloud.Contracts;

namespace FlagCloud.Silo.Flags;

/// <summary>The CPU-bound work between download and upload.</summary>
sealed class FlagWork(InterpreterLock interpreter)
{
    /// <summary>What to store, and its content encoding (null: as it came).</summary>
    public async Task<(byte[] Content, string? Encoding)> Do(FetchedFlag flag, DownloadOrder order, CancellationToken cancellationToken)
    {
        if (order.Work is WorkKind.None) return (flag.Content, null);
        var compressed = order.InterpreterLock
            ? await interpreter.Hold(() => Compress(flag.Content, cancellationToken), cancellationToken)
            : await Compress(flag.Content, cancellationToken);
        return (compressed, "br");
    }

    // Task.Run, because a grain's turn must not be held up by CPU-bound work: this is the one place where it leaves the scheduler.
    static Task<byte[]> Compress(byte[] content, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            var compressed = new byte[BrotliEncoder.GetMaxCompressedLength(content.Length)];
            return BrotliEncoder.TryCompress(content, compressed, out var length, quality: 11, window: 22)
                ? compressed[..length]
                : throw new InvalidOperationException($"Brotli could not compress {content.Length} bytes.");
        },
        cancellationToken);
}
