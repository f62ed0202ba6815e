using FlagCloud.Dashboard.Telemetry;

namespace FlagCloud.Dashboard.Queries;

public sealed record ChartExemplar(long Time, double Value, int Group, TraceId TraceId, SpanId SpanId);
