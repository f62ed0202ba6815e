namespace FlagCloud.Origin.Http;

/// <summary>Bodies, and how they are spoilt. To a HEAD request, Kestrel itself sends no body.</summary>
static class Faults
{
    const int OversizedBytes = 64 << 20;
    static readonly TimeSpan LongestStall = TimeSpan.FromSeconds(60);
    static readonly byte[] Padding = [.. Enumerable.Repeat((byte)' ', 1 << 16)];

    public static Task BodyAsync(HttpContext context, Representation representation, Fault fault)
    {
        var bytes = representation.Bytes;
        var hasBody = !HttpMethods.IsHead(context.Request.Method);
        context.Response.ContentType = representation.ContentType;
        return fault switch
        {
            Fault.Oversized => OversizeAsync(context, bytes),
            Fault.Corrupted => WriteAsync(context, Corrupt(bytes)),
            // Even a truncation waits a moment: an abort discards what the socket has not sent yet, and the half must arrive.
            Fault.Truncated when hasBody => BreakOffAsync(context, bytes, TimeSpan.FromMilliseconds(50)),
            Fault.Stalled when hasBody => BreakOffAsync(context, bytes, LongestStall),
            _ => WriteAsync(context, bytes),
        };
    }

    static Task WriteAsync(HttpContext context, ReadOnlyMemory<byte> bytes, int? announced = null)
    {
        context.Response.ContentLength = announced ?? bytes.Length;
        return context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
    }

    static async Task BreakOffAsync(HttpContext context, ReadOnlyMemory<byte> bytes, TimeSpan wait)
    {
        await WriteAsync(context, bytes[..(bytes.Length / 2)], announced: bytes.Length);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        await Task.Delay(wait, context.RequestAborted);
        context.Abort();
    }

    // Blanks after the end of an SVG leave it well-formed: only its size is wrong. Its own digest would be a false one.
    static async Task OversizeAsync(HttpContext context, ReadOnlyMemory<byte> bytes)
    {
        context.Response.Headers.Remove("Repr-Digest");
        await WriteAsync(context, bytes, announced: OversizedBytes);
        for (var left = OversizedBytes - bytes.Length; left > 0; left -= Padding.Length)
            await context.Response.Body.WriteAsync(Padding.AsMemory(0, Math.Min(left, Padding.Length)), context.RequestAborted);
    }

    static byte[] Corrupt(ReadOnlyMemory<byte> bytes)
    {
        var copy = bytes.ToArray();
        copy[copy.Length / 2] ^= 1;
        return copy;
    }
}
