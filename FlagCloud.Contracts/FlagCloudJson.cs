using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace FlagCloud.Contracts;

/// <summary>How FlagCloud writes and reads its records: on the wire, in blob storage and between grains alike.</summary>
public static class FlagCloudJson
{
    public static JsonSerializerOptions Options { get; } = Apply(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    /// <summary>camelCase names and enum values; numbers are numbers, never strings; what may not be null is not.</summary>
    public static JsonSerializerOptions Apply(JsonSerializerOptions options)
    {
        options.NumberHandling = JsonNumberHandling.Strict;
        options.RespectNullableAnnotations = true;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        return options;
    }

    /// <summary>
    /// Lets the records cross grains as the JSON that they are elsewhere. Types that have a generated serializer of their own keep it. What is given to a grain, or by one, is
    /// [Immutable]: Orleans would copy anything else first, by way of JSON and back, which is two thirds of what a viewer costs.
    /// </summary>
    public static IServiceCollection AddRecordSerializer(this IServiceCollection services) => services.AddSerializer(serializer =>
        serializer.AddJsonSerializer(type => type.Namespace == typeof(Comparison).Namespace && !type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false), Options));
}
