namespace FlagCloud.Dashboard.Telemetry;

/// <summary>A point of a gauge or a sum; <see cref="Whole"/> when it was sent as one.</summary>
public sealed record NumberPoint(long Start, long Time, Exemplar[] Exemplars, double Value, long? Whole) : MetricPoint(Start, Time, Exemplars)
{
    internal override bool SaysTheSameAs(MetricPoint other) =>
        other is NumberPoint point && point.Start == Start && point.Value.Equals(Value) && point.Whole == Whole;
}
