namespace FlagCloud.Silo.Flags;

/// <param name="Code">ISO 3166 code or the package's own (gb-eng, eu), lower case.</param>
/// <param name="Continent">Null for a flag that belongs to no continent, such as the United Nations'.</param>
sealed record Country(string Code, string Name, string? Continent);
