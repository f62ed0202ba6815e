namespace FlagCloud.Dashboard.Telemetry;

/// <summary>One span, as received. Times are nanoseconds since 1970.</summary>
public sealed record Span
{
    public required TelemetryResource Resource { get; init; }
    public required TelemetryScope Scope { get; init; }
    public required TraceId TraceId { get; init; }
    public required SpanId Id { get; init; }
    public SpanId ParentId { get; init; }
    public required string Name { get; init; }
    public SpanKind Kind { get; init; }
    public required long Start { get; init; }
    public required long End { get; init; }
    public SpanStatus Status { get; init; }
    public string StatusMessage { get; init; } = "";
    public string TraceState { get; init; } = "";
    public uint Flags { get; init; }
    public Tag[] Attributes { get; init; } = [];
    public SpanEvent[] Events { get; init; } = [];
    public SpanLink[] Links { get; init; } = [];
    public int DroppedAttributes { get; init; }
    public int DroppedEvents { get; init; }
    public int DroppedLinks { get; init; }

    public long Duration => Math.Max(0, End - Start);
    public bool IsError => Status == SpanStatus.Error;
}
