using System.Text.Json;
using System.Text.Json.Serialization;

namespace FlagCloud.Contracts;

/// <summary>How FlagCloud writes and reads JSON, on the wire and in blob storage.</summary>
public static class FlagCloudJson
{
    public static JsonSerializerOptions Options { get; } = Apply(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    /// <summary>camelCase names and enum values; a member that does not exist is an error, so that a typo is not taken for a default.</summary>
    public static JsonSerializerOptions Apply(JsonSerializerOptions options)
    {
        options.NumberHandling = JsonNumberHandling.Strict;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        return options;
    }
}
