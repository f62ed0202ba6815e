namespace FlagCloud.Dashboard.Telemetry;

/// <summary>What one resource has in a trace.</summary>
public sealed record ResourceShare(TelemetryResource Resource, int Spans, int Errors);
