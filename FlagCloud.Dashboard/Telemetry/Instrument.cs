namespace FlagCloud.Dashboard.Telemetry;

/// <summary>An instrument and the series that it has, as held at one moment.</summary>
public sealed record Instrument(InstrumentKey Key, TelemetryScope Scope, string Unit, string Description, IReadOnlyList<MetricSeries> Series);
