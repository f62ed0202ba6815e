namespace FlagCloud.Dashboard.Telemetry;

/// <summary>What makes an instrument one: who records it, where in its code, under which name and as what.</summary>
public sealed record InstrumentKey(TelemetryResource Resource, string Meter, string Name, InstrumentKind Kind, Temporality Temporality, bool IsMonotonic);
