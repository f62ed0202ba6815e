using System.IO.Compression;

namespace FlagCloud.Dashboard.Otlp;

/// <summary>The body of a request, unpacked, never more than the limit of it in memory.</summary>
internal static class OtlpBody
{
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, int limit, CancellationToken cancel)
    {
        if (request.ContentLength > limit) throw new BodyTooLargeException();
        var encoding = request.Headers.ContentEncoding.ToString();
        await using var body = encoding.ToLowerInvariant() switch
        {
            "" or "identity" => request.Body,
            "gzip" => new GZipStream(request.Body, CompressionMode.Decompress, leaveOpen: true),
            _ => throw new UnknownEncodingException($"Content-Encoding '{encoding}' is not known; gzip is, and none."),
        };
        var buffer = new byte[Math.Min(limit + 1, request.ContentLength is > 0 and var length ? (int)length + 1 : 16_384)];
        var count = 0;
        int read;
        while ((read = await body.ReadAsync(buffer.AsMemory(count), cancel)) > 0)
        {
            count += read;
            if (count > limit) throw new BodyTooLargeException();
            if (count == buffer.Length) Array.Resize(ref buffer, Math.Min(limit + 1, buffer.Length * 2));
        }
        return buffer.AsMemory(0, count);
    }
}
