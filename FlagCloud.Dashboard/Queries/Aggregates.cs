using FlagCloud.Dashboard.Telemetry;

namespace FlagCloud.Dashboard.Queries;

public static class Aggregates
{
    /// <summary>The first is the one to begin with.</summary>
    public static IReadOnlyList<Aggregate> For(InstrumentKind kind, bool isMonotonic) => kind switch
    {
        InstrumentKind.Gauge => [Aggregate.Value],
        InstrumentKind.Sum when isMonotonic => [Aggregate.Total, Aggregate.Rate],
        InstrumentKind.Sum => [Aggregate.Value],
        InstrumentKind.Summary => [Aggregate.Percentiles, Aggregate.P50, Aggregate.P90, Aggregate.P99],
        _ => [Aggregate.Percentiles, Aggregate.P50, Aggregate.P90, Aggregate.P99, Aggregate.Mean, Aggregate.Count, Aggregate.Rate],
    };

    public static string Text(this Aggregate aggregate) => aggregate switch
    {
        Aggregate.Percentiles => "P50, P90 and P99",
        Aggregate.Mean => "mean",
        Aggregate.Count => "count in each step",
        Aggregate.Rate => "rate per second",
        Aggregate.Total => "total since the beginning of the window",
        Aggregate.Value => "value",
        _ => aggregate.ToString(),
    };

    public static double? Quantile(this Aggregate aggregate) => aggregate switch
    {
        Aggregate.P50 => 0.5,
        Aggregate.P90 => 0.9,
        Aggregate.P99 => 0.99,
        _ => null,
    };
}
