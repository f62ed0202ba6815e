using System.Text.Json;
using System.Text.Json.Serialization;

namespace FlagCloud.Contracts;

/// <summary>How FlagCloud writes and reads JSON, on the wire and in blob storage.</summary>
public static class FlagCloudJson
{
    public static JsonSerializerOptions Options { get; } = Apply(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    /// <summary>camelCase names and enum values; numbers are numbers, never strings.</summary>
    public static JsonSerializerOptions Apply(JsonSerializerOptions options)
    {
        options.NumberHandling = JsonNumberHandling.Strict;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        return options;
    }
}
