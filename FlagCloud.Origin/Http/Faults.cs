namespace FlagCloud.Origin.Http;

/// <summary>Writes responses, whole or spoilt.</summary>
static class Faults
{
    const int OversizedBytes = 64 << 20;
    static readonly TimeSpan LongestStall = TimeSpan.FromSeconds(60);
    static readonly byte[] Padding = [.. Enumerable.Repeat((byte)' ', 1 << 16)];
    static readonly byte[] Page = "<!DOCTYPE html><title>Sign in</title><p>Please sign in to use this network."u8.ToArray();

    public static Task ResetAsync(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    public static Task WrongTypeAsync(HttpContext context)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        return WriteAsync(context, Page);
    }

    // To a HEAD request, Kestrel itself sends no body.
    public static Task BodyAsync(HttpContext context, Representation representation, Fault fault)
    {
        var bytes = representation.Bytes;
        context.Response.ContentType = representation.ContentType;
        return fault switch
        {
            Fault.Oversized => OversizeAsync(context, bytes),
            Fault.Corrupted => WriteAsync(context, Corrupt(bytes)),
            Fault.Truncated or Fault.Stalled when !HttpMethods.IsHead(context.Request.Method) =>
                BreakOffAsync(context, bytes, fault == Fault.Stalled ? LongestStall : TimeSpan.FromMilliseconds(50)),
            _ => WriteAsync(context, bytes),
        };
    }

    static Task WriteAsync(HttpContext context, ReadOnlyMemory<byte> bytes)
    {
        context.Response.ContentLength = bytes.Length;
        return context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
    }

    // Even a truncation waits a moment: an abort discards what the socket has not sent yet, and the half must arrive.
    static async Task BreakOffAsync(HttpContext context, ReadOnlyMemory<byte> bytes, TimeSpan wait)
    {
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes[..(bytes.Length / 2)], context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        await Task.Delay(wait, context.RequestAborted);
        context.Abort();
    }

    static byte[] Corrupt(ReadOnlyMemory<byte> bytes)
    {
        var copy = bytes.ToArray();
        copy[copy.Length / 2] ^= 1;
        return copy;
    }

    // Blanks after the end of an SVG leave it well-formed: only its size is wrong. Its own digest would be a false one.
    static async Task OversizeAsync(HttpContext context, ReadOnlyMemory<byte> bytes)
    {
        context.Response.Headers.Remove("Repr-Digest");
        context.Response.ContentLength = OversizedBytes;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
        for (var left = OversizedBytes - bytes.Length; left > 0; left -= Padding.Length)
            await context.Response.Body.WriteAsync(Padding.AsMemory(0, Math.Min(left, Padding.Length)), context.RequestAborted);
    }
}
