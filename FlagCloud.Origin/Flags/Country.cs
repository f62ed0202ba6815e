namespace FlagCloud.Origin.Flags;

/// <summary>What metadata.json says of a flag's country or region.</summary>
/// <param name="Code">As in the flag's path, such as br or gb-eng.</param>
/// <param name="Iso">Whether the code is an ISO 3166-1 country code.</param>
sealed record Country(string Code, string Name, string? Capital, string? Continent, bool Iso);
