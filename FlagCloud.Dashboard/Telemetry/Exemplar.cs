namespace FlagCloud.Dashboard.Telemetry;

/// <summary>One recorded value of many, with the span that it was recorded in.</summary>
public sealed record Exemplar(long Time, double Value, long? Whole, TraceId TraceId, SpanId SpanId, Tag[] Attributes);
