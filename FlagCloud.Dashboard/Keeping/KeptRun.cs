namespace FlagCloud.Dashboard.Keeping;

/// <summary>A run whose telemetry is on disk. The id is the name of its folder.</summary>
public sealed record KeptRun(string Id, DateTimeOffset Started, DateTimeOffset LastWritten, long Bytes, bool IsCurrent);
