using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Net.Http.Headers;

namespace FlagCloud.Origin.Flags;

/// <summary>Every flag, by its file's name, and its country's metadata, by code, read once into memory with their hashes.</summary>
sealed record FlagLibrary(FrozenDictionary<string, Representation> Flags, FrozenDictionary<string, Representation> Metadata)
{
    public static FlagLibrary Load(string folder)
    {
        var images = Path.Combine(folder, "4x3");
        var countries = Path.Combine(folder, "country.json");
        if (!Directory.Exists(images) || !File.Exists(countries))
            throw new DirectoryNotFoundException($"The flags are missing from {folder}. Build FlagCloud.Origin, which puts them there, and run it from its output.");

        var modified = File.GetLastWriteTimeUtc(countries);
        return new(
            Directory.EnumerateFiles(images, "*.svg").ToFrozenDictionary(
                path => Path.GetFileName(path),
                path => Representation.Of(File.ReadAllBytes(path), "image/svg+xml", File.GetLastWriteTimeUtc(path))),
            JsonSerializer.Deserialize<Country[]>(File.ReadAllBytes(countries), JsonSerializerOptions.Web)!.ToFrozenDictionary(
                country => country.Code,
                country => Representation.Of(JsonSerializer.SerializeToUtf8Bytes(country, JsonSerializerOptions.Web), "application/json", modified)));
    }
}

/// <summary>What metadata.json says of a flag's country or region.</summary>
/// <param name="Code">As in the flag's path, such as br or gb-eng.</param>
/// <param name="Iso">Whether the code is an ISO 3166-1 country code.</param>
sealed record Country(string Code, string Name, string? Capital, string? Continent, bool Iso);

/// <summary>What is served for a path: the bytes, and the headers that follow from them.</summary>
sealed record Representation(ReadOnlyMemory<byte> Bytes, string ContentType, string ETag, string Digest, DateTimeOffset Modified)
{
    readonly string lastModified = Modified.ToString("R");

    public static Representation Of(byte[] bytes, string contentType, DateTime modified)
    {
        var hash = SHA256.HashData(bytes);
        // HTTP dates have whole seconds; a finer one would never equal what the client sends back.
        var seconds = new DateTimeOffset(modified.Ticks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero);
        return new(bytes, contentType, $"\"{Convert.ToHexStringLower(hash)}\"", $"sha-256=:{Convert.ToBase64String(hash)}:", seconds);
    }

    /// <summary>Sets the validators (RFC 9110, section 13).</summary>
    public void Describe(IHeaderDictionary headers)
    {
        headers.ETag = ETag;
        headers.LastModified = lastModified;
        headers.CacheControl = "public, max-age=3600";
        headers["Repr-Digest"] = Digest;
    }

    /// <summary>Whether the client has it already. If-Modified-Since counts only where there is no If-None-Match.</summary>
    public bool IsKnownTo(HttpRequest request) => request.Headers.IfNoneMatch.Count > 0
        ? request.GetTypedHeaders().IfNoneMatch.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Tag.Equals(ETag, StringComparison.Ordinal))
        : Modified <= request.GetTypedHeaders().IfModifiedSince;
}
