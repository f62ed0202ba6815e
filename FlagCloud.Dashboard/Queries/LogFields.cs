using FlagCloud.Dashboard.Telemetry;

namespace FlagCloud.Dashboard.Queries;

/// <summary>The fields of a log by name: its own, then its attributes, then its resource's.</summary>
public static class LogFields
{
    public static IReadOnlyList<string> Own { get; } = ["message", "category", "level", "event", "resource", "trace id", "span id"];

    public static string? Of(LogEntry entry, string field) => field switch
    {
        "message" => entry.Message,
        "category" => entry.Scope.Name,
        "level" => entry.Level.ToString(),
        "event" => entry.EventName,
        "resource" => entry.Resource.Name,
        "trace id" => entry.TraceId.ToString(),
        "span id" => entry.SpanId.ToString(),
        _ => entry.Attributes.Find(field) ?? entry.Resource.Attributes.Find(field),
    };
}
