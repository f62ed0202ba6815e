namespace FlagCloud.Silo.Components;

/// <summary>The address of a stored flag's picture.</summary>
static class FlagAddress
{
    /// <param name="sha256">The version; its picture is then fetched once, by a browser as from storage.</param>
    public static string Of(string code, string? sha256) => sha256 is null ? $"/flags/{code}.svg" : $"/flags/{code}.svg?sha256={sha256}";
}
