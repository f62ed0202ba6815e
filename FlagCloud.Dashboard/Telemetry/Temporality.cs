namespace FlagCloud.Dashboard.Telemetry;

/// <summary>The specification's temporalities, with its numbers: a point counts since the last one, or since its start.</summary>
public enum Temporality { Unspecified, Delta, Cumulative }
