using System.Collections.Frozen;
using System.Text.Json;

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

        var flags = Directory.EnumerateFiles(images, "*.svg").ToFrozenDictionary(
            path => Path.GetFileName(path),
            path => Representation.Of(File.ReadAllBytes(path), "image/svg+xml", File.GetLastWriteTimeUtc(path)));
        var modified = File.GetLastWriteTimeUtc(countries);
        var metadata = JsonSerializer.Deserialize<Country[]>(File.ReadAllBytes(countries), JsonSerializerOptions.Web)!.ToFrozenDictionary(
            country => country.Code,
            country => Representation.Of(JsonSerializer.SerializeToUtf8Bytes(country, JsonSerializerOptions.Web), "application/json", modified));
        return new(flags, metadata);
    }
}

/// <summary>What metadata.json says of a flag's country or region.</summary>
/// <param name="Code">As in the flag's path, such as br or gb-eng.</param>
/// <param name="Iso">Whether the code is an ISO 3166-1 country code.</param>
sealed record Country(string Code, string Name, string? Capital, string? Continent, bool Iso);
