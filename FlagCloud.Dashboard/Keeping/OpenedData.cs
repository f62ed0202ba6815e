using FlagCloud.Dashboard.Telemetry;

namespace FlagCloud.Dashboard.Keeping;

/// <summary>Telemetry that pages can show: this run's, a kept run's or an opened file's. The id stands in the address of each page.</summary>
public sealed record OpenedData(string Id, string Title, TelemetryStore Store)
{
    public bool IsLive => Id.Length == 0;
}
