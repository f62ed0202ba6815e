namespace FlagCloud.Dashboard.Telemetry;

/// <summary>The specification's kinds, with its numbers.</summary>
public enum SpanKind { Unspecified, Internal, Server, Client, Producer, Consumer }
