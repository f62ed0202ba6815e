namespace FlagCloud.Dashboard.Telemetry;

/// <summary>One log record, as received. <see cref="Number"/> counts what this store has taken in, so it orders and identifies.</summary>
public sealed record LogEntry
{
    public long Number { get; init; }
    public required TelemetryResource Resource { get; init; }
    public required TelemetryScope Scope { get; init; }
    public required long Time { get; init; }
    public long ObservedTime { get; init; }
    public int Severity { get; init; }
    public string SeverityText { get; init; } = "";
    public object? Body { get; init; }
    public TraceId TraceId { get; init; }
    public SpanId SpanId { get; init; }
    public uint Flags { get; init; }
    public string EventName { get; init; } = "";
    public Tag[] Attributes { get; init; } = [];
    public int DroppedAttributes { get; init; }

    public LogLevel Level => LogLevels.OfSeverity(Severity);
    public string Message => TagText.Of(Body);
    public string? Exception => Attributes.Find("exception.stacktrace") ?? Attributes.Find("exception.message");
}
