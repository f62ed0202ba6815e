namespace FlagCloud.Dashboard.Telemetry;

/// <summary>What one request brings for one instrument.</summary>
internal sealed record InstrumentBatch(
    InstrumentKey Key, TelemetryScope Scope, string Unit, string Description, List<(Tag[] Attributes, MetricPoint Point)> Points);
