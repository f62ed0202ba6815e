using System.Text.RegularExpressions;

namespace FlagCloud.Contracts;

/// <param name="Code">ISO 3166 code or the package's own (gb-eng, eu), lower case.</param>
/// <param name="Continent">Null for a flag that belongs to no continent, such as the United Nations'.</param>
public sealed record Country(string Code, string Name, string? Continent);

/// <summary>Every flag that there is: the codes, names and continents of npm's flag-icons 7.5.0.</summary>
public static partial class Catalogue
{
    /// <summary>The twenty most populous countries, in the order of the Python original.</summary>
    public static IReadOnlyList<string> Top20 { get; } =
        ["cn", "in", "us", "id", "br", "pk", "ng", "bd", "ru", "jp", "mx", "ph", "vn", "et", "eg", "de", "ir", "tr", "cd", "fr"];

    /// <summary>By code, in the order of the codes.</summary>
    public static IReadOnlyDictionary<string, Country> All { get; } = Read();

    /// <summary>All 676 combinations of two letters; most of them are no country, so most downloads end as not found.</summary>
    public static IReadOnlyList<string> Every { get; } =
        [.. from first in Enumerable.Range('a', 26) from second in Enumerable.Range('a', 26) select $"{(char)first}{(char)second}"];

    /// <summary>A country's name; of a code that is no country, the code.</summary>
    public static string NameOf(string code) => All.TryGetValue(code, out var country) ? country.Name : code;

    /// <summary>Whether a text has the form of a code, known or not. Only such a text ever becomes a URL, a blob's name or a grain's key.</summary>
    public static bool IsWellFormed(string code) => Form().IsMatch(code);

    [GeneratedRegex(@"\A[a-z]{2,5}(-[a-z]{2,3})?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();

    static SortedDictionary<string, Country> Read()
    {
        using var stream = typeof(Catalogue).Assembly.GetManifestResourceStream("countries.tsv")!;
        using var reader = new StreamReader(stream);
        var countries = new SortedDictionary<string, Country>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
            if (line.Split('\t') is [var code, var name, var continent])
                countries.Add(code, new(code, name, continent is "" ? null : continent));
        return countries;
    }
}
