using FlagCloud.Dashboard.Telemetry;

namespace FlagCloud.Dashboard.Keeping;

/// <summary>What is to be exported or removed: signals, and the resources by name; no name means all.</summary>
public sealed record Selection(bool Traces, bool Logs, bool Metrics, IReadOnlySet<string> Resources)
{
    public static Selection Everything { get; } = new(true, true, true, new HashSet<string>());

    public bool Has(TelemetryResource resource) => Resources.Count == 0 || Resources.Contains(resource.Name);
}
