namespace FlagCloud.Dashboard.Telemetry;

/// <summary>A point of an exponential histogram: bucket i of a side counts values in (base^i, base^(i+1)], with base 2^(2^-scale).</summary>
public sealed record ExponentialPoint(
    long Start, long Time, Exemplar[] Exemplars, long Count, double? Sum, double? Min, double? Max,
    int Scale, long ZeroCount, double ZeroThreshold, ExponentialBuckets Positive, ExponentialBuckets Negative)
    : MetricPoint(Start, Time, Exemplars)
{
    internal override bool SaysTheSameAs(MetricPoint other) =>
        other is ExponentialPoint point && point.Start == Start && point.Count == Count && Nullable.Equals(point.Sum, Sum);
}
