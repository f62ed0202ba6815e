namespace FlagCloud.Dashboard.Telemetry;

public sealed record SpanEvent(long Time, string Name, Tag[] Attributes, int DroppedAttributes);
