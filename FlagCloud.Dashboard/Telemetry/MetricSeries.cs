namespace FlagCloud.Dashboard.Telemetry;

/// <summary>The points of one set of attributes, oldest first.</summary>
public sealed record MetricSeries(Tag[] Attributes, IReadOnlyList<MetricPoint> Points);
