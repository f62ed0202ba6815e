namespace FlagCloud.Dashboard.Queries;

/// <summary>One line of a chart: a value for each step, none where nothing was recorded. <see cref="Group"/> counts into the chart's groups.</summary>
public sealed record MetricLine(string Name, int Group, double?[] Values);
