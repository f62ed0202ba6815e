using System.Security.Cryptography;

namespace FlagCloud.Origin.Flags;

/// <summary>What is served for a path: the bytes, and the headers that follow from them.</summary>
sealed record Representation(ReadOnlyMemory<byte> Bytes, string ContentType, string ETag, string Digest, DateTimeOffset Modified)
{
    public string LastModified { get; } = Modified.ToString("R", CultureInfo.InvariantCulture);

    public static Representation Of(byte[] bytes, string contentType, DateTime modified)
    {
        var hash = SHA256.HashData(bytes);
        // HTTP dates have whole seconds; a finer one would never equal what the client sends back.
        var seconds = new DateTimeOffset(modified.Ticks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero);
        return new(bytes, contentType, $"\"{Convert.ToHexStringLower(hash)}\"", $"sha-256=:{Convert.ToBase64String(hash)}:", seconds);
    }
}
