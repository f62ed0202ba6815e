namespace FlagCloud.Dashboard.Queries;

/// <summary>What a chart shows of an instrument; which there are depends on its kind.</summary>
public enum Aggregate { Percentiles, P50, P90, P99, Mean, Count, Rate, Total, Value }
