using System.Text.Json;

namespace FlagCloud.Contracts;

/// <summary>How a request names countries: many by one word, or each by its code or first letter. What is recorded is the list of their codes.</summary>
public static class CountrySelection
{
    public const string Top20 = "top20", All = "all", Every = "every";
    public const string Allowed = "Give \"top20\", \"all\", \"every\", or an array of ISO codes (\"br\") and first letters (\"b\").";

    /// <returns>Null for a name that is not known.</returns>
    public static IReadOnlyList<string>? Named(string name) => name switch
    {
        Top20 => Catalogue.Top20,
        All => [.. Catalogue.All.Keys],
        Every => Catalogue.Every,
        _ => null,
    };

    /// <summary>Lower-case codes, each once, in the order asked for. A text that is neither a code nor a first letter stays as it is; validation names it.</summary>
    public static IReadOnlyList<string> Of(IEnumerable<string> texts) =>
    [
        .. texts.Select(text => text.ToLowerInvariant()).SelectMany(text => text.Length is 1 && StartingWith(text[0]) is { Length: > 0 } many ? many : [text]).Distinct(),
    ];

    static string[] StartingWith(char letter) => [.. Catalogue.All.Keys.Where(code => code[0] == letter)];
}

sealed class CountriesConverter : JsonConverter<IReadOnlyList<string>>
{
    public override IReadOnlyList<string> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => CountrySelection.Named(reader.GetString()!) ?? throw new JsonException($"'{reader.GetString()}' names no countries. {CountrySelection.Allowed}"),
        JsonTokenType.StartArray => CountrySelection.Of(
            JsonSerializer.Deserialize<string[]>(ref reader, options)!.Select(text => text ?? throw new JsonException(CountrySelection.Allowed))),
        _ => throw new JsonException(CountrySelection.Allowed),
    };

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<string> value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, value, options);
}
