namespace FlagCloud.Dashboard.Telemetry;

/// <summary>The specification's status codes, with its numbers.</summary>
public enum SpanStatus { Unset, Ok, Error }
