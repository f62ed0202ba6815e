namespace FlagCloud.Dashboard.Telemetry;

/// <summary>A point whose quantiles the client computed.</summary>
public sealed record SummaryPoint(long Start, long Time, long Count, double Sum, SummaryQuantile[] Quantiles) : MetricPoint(Start, Time, [])
{
    internal override bool SaysTheSameAs(MetricPoint other) =>
        other is SummaryPoint point && point.Start == Start && point.Count == Count && point.Quantiles.AsSpan().SequenceEqual(Quantiles);
}
