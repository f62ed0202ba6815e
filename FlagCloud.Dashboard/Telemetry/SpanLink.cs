namespace FlagCloud.Dashboard.Telemetry;

public sealed record SpanLink(TraceId TraceId, SpanId SpanId, string TraceState, Tag[] Attributes, int DroppedAttributes, uint Flags);
