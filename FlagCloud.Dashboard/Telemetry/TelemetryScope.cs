namespace FlagCloud.Dashboard.Telemetry;

/// <summary>The library or category that a span, a log or an instrument comes from.</summary>
public sealed record TelemetryScope(string Name, string Version, Tag[] Attributes);
