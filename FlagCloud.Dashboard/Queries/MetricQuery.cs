using FlagCloud.Dashboard.Telemetry;

namespace FlagCloud.Dashboard.Queries;

/// <summary>What a chart wants: an instrument by meter and name, of whom, when, and one series for each value of a tag.</summary>
public sealed record MetricQuery(string Meter, string Name)
{
    public string? Resource { get; init; }
    public required long From { get; init; }
    public required long To { get; init; }
    public int Steps { get; init; } = 60;

    /// <summary>A tag, or <see cref="ByResource"/> or <see cref="ByInstance"/>; null puts everything into one series.</summary>
    public string? GroupBy { get; init; }
    public Aggregate? Aggregate { get; init; }
    public IReadOnlyList<FieldFilter> Filters { get; init; } = [];

    public const string ByResource = "resource";
    public const string ByInstance = "instance";

    public long Step => Math.Max(1, (To - From) / Steps);

    /// <summary>Null when no such instrument is held.</summary>
    public MetricChart? Run(MetricStore metrics)
    {
        var instruments = metrics.Read(key => key.Meter == Meter && key.Name == Name && ResourceChoice.Admits(Resource, key.Resource), From);
        return instruments.Count == 0 ? null : new MetricChartBuilder(this, instruments).Build();
    }
}
