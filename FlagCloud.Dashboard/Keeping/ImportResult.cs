namespace FlagCloud.Dashboard.Keeping;

/// <summary>What a file brought. <see cref="Skipped"/> names the entries that hold no telemetry.</summary>
public sealed record ImportResult(int Accepted, int Rejected, IReadOnlyList<string> Skipped);
