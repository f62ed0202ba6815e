namespace FlagCloud.Dashboard.Queries;

/// <summary>What one value of the tag amounts to over the whole window. Which of the figures there are depends on the kind of instrument.</summary>
public sealed record MetricGroup(string Name, int Series)
{
    public long? Count { get; init; }
    public double? Total { get; init; }
    public double? Rate { get; init; }
    public double? Last { get; init; }
    public double? Mean { get; init; }
    public double? P50 { get; init; }
    public double? P90 { get; init; }
    public double? P99 { get; init; }
    public double? Max { get; init; }
}
