using System.Globalization;
using FlagCloud.Dashboard.Telemetry;

namespace FlagCloud.Dashboard.Queries;

/// <summary>The fields of a span by name: its own, then its attributes, then its resource's. Durations are in seconds.</summary>
public static class SpanFields
{
    public static IReadOnlyList<string> Own { get; } = ["name", "kind", "status", "duration", "resource", "source", "trace id", "span id"];

    public static string? Of(Span span, string field) => field switch
    {
        "name" => span.Name,
        "kind" => span.Kind.ToString(),
        "status" => span.Status.ToString(),
        "duration" => (span.Duration / 1e9).ToString(CultureInfo.InvariantCulture),
        "resource" => span.Resource.Name,
        "source" => span.Scope.Name,
        "trace id" => span.TraceId.ToString(),
        "span id" => span.Id.ToString(),
        _ => span.Attributes.Find(field) ?? span.Resource.Attributes.Find(field),
    };

    public static bool Meets(Span span, IReadOnlyList<FieldFilter> filters)
    {
        foreach (var filter in filters)
            if (!filter.IsOff && !filter.Admits(Of(span, filter.Field)))
                return false;
        return true;
    }
}
