namespace FlagCloud.Dashboard.Telemetry;

/// <summary>A point of a histogram: <see cref="Counts"/> has one more item than <see cref="Bounds"/>, or none where only count and sum are kept.</summary>
public sealed record HistogramPoint(
    long Start, long Time, Exemplar[] Exemplars, long Count, double? Sum, double? Min, double? Max, double[] Bounds, long[] Counts)
    : MetricPoint(Start, Time, Exemplars)
{
    internal override bool SaysTheSameAs(MetricPoint other) =>
        other is HistogramPoint point && point.Start == Start && point.Count == Count && Nullable.Equals(point.Sum, Sum);
}
