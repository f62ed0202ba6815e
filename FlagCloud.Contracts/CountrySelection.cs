using System.Text.Json;
using System.Text.Json.Serialization;

namespace FlagCloud.Contracts;

/// <summary>Countries by a name for many ("top20", "all", "every"), or by codes and first letters (["br", "cn", "u"]).</summary>
[JsonConverter(typeof(CountrySelectionConverter))]
public sealed record CountrySelection(string? Name, IReadOnlyList<string>? Codes)
{
    public static CountrySelection Named(string name) => new(name, null);

    public static CountrySelection Of(IReadOnlyList<string> codes) => new(null, codes);
}

sealed class CountrySelectionConverter : JsonConverter<CountrySelection>
{
    public override CountrySelection Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => CountrySelection.Named(reader.GetString()!),
        JsonTokenType.StartArray => CountrySelection.Of(JsonSerializer.Deserialize<string[]>(ref reader, options)!),
        _ => throw new JsonException("countries is an array of codes such as [\"br\", \"cn\"], or one of \"top20\", \"all\", \"every\"."),
    };

    public override void Write(Utf8JsonWriter writer, CountrySelection value, JsonSerializerOptions options)
    {
        if (value.Name is not null) writer.WriteStringValue(value.Name);
        else JsonSerializer.Serialize(writer, value.Codes, options);
    }
}
