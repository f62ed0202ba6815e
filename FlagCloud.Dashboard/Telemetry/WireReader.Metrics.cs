using FlagCloud.Dashboard.Wire;
using Google.Protobuf.Collections;

namespace FlagCloud.Dashboard.Telemetry;

internal sealed partial class WireReader
{
    const uint NoRecordedValue = 1;

    public (List<InstrumentBatch> Batches, Intake Intake) Metrics(RepeatedField<ResourceMetrics> wire)
    {
        var batches = new List<InstrumentBatch>();
        var intake = Intake.None;
        foreach (var ofResource in wire)
        {
            var resource = interner.Resource(ofResource.Resource);
            foreach (var ofScope in ofResource.ScopeMetrics)
                foreach (var metric in ofScope.Metrics)
                {
                    var points = Points(metric);
                    if (resource is null)
                        intake += new Intake(0, points.Count, TooManyResources);
                    else if (metric.DataCase == Metric.DataOneofCase.None)
                        intake += new Intake(0, 1, $"Metric '{metric.Name}' has no gauge, sum, histogram, exponential histogram or summary.");
                    else
                    {
                        batches.Add(new(Key(metric, resource, ofScope.Scope?.Name ?? ""), interner.Scope(ofScope.Scope),
                            interner.Text(metric.Unit), interner.Text(metric.Description), points));
                        intake += new Intake(points.Count, 0, "");
                    }
                }
        }
        return (batches, intake);
    }

    InstrumentKey Key(Metric metric, TelemetryResource resource, string meter) => new(
        resource,
        interner.Text(meter),
        interner.Text(metric.Name),
        metric.DataCase switch
        {
            Metric.DataOneofCase.Sum => InstrumentKind.Sum,
            Metric.DataOneofCase.Histogram => InstrumentKind.Histogram,
            Metric.DataOneofCase.ExponentialHistogram => InstrumentKind.ExponentialHistogram,
            Metric.DataOneofCase.Summary => InstrumentKind.Summary,
            _ => InstrumentKind.Gauge,
        },
        (Temporality)(metric.DataCase switch
        {
            Metric.DataOneofCase.Sum => metric.Sum.AggregationTemporality,
            Metric.DataOneofCase.Histogram => metric.Histogram.AggregationTemporality,
            Metric.DataOneofCase.ExponentialHistogram => metric.ExponentialHistogram.AggregationTemporality,
            _ => AggregationTemporality.Unspecified,
        }),
        metric.DataCase == Metric.DataOneofCase.Sum && metric.Sum.IsMonotonic);

    List<(Tag[], MetricPoint)> Points(Metric metric) => metric.DataCase switch
    {
        Metric.DataOneofCase.Gauge => Read(metric.Gauge.DataPoints, point => point.Flags, point => point.Attributes, Number),
        Metric.DataOneofCase.Sum => Read(metric.Sum.DataPoints, point => point.Flags, point => point.Attributes, Number),
        Metric.DataOneofCase.Histogram => Read(metric.Histogram.DataPoints, point => point.Flags, point => point.Attributes, Explicit),
        Metric.DataOneofCase.ExponentialHistogram =>
            Read(metric.ExponentialHistogram.DataPoints, point => point.Flags, point => point.Attributes, Exponential),
        Metric.DataOneofCase.Summary => Read(metric.Summary.DataPoints, point => point.Flags, point => point.Attributes, OfSummary),
        _ => [],
    };

    List<(Tag[], MetricPoint)> Read<T>(
        RepeatedField<T> wire, Func<T, uint> flags, Func<T, RepeatedField<KeyValue>> attributes, Func<T, MetricPoint> read)
    {
        var points = new List<(Tag[], MetricPoint)>(wire.Count);
        foreach (var point in wire)
            if ((flags(point) & NoRecordedValue) == 0)
                points.Add((interner.Attributes(attributes(point)).Attributes, read(point)));
        return points;
    }

    MetricPoint Number(NumberDataPoint wire)
    {
        var isInteger = wire.ValueCase == NumberDataPoint.ValueOneofCase.AsInt;
        return new NumberPoint(Nanos(wire.StartTimeUnixNano), Nanos(wire.TimeUnixNano), Exemplars(wire.Exemplars),
            isInteger ? wire.AsInt : wire.AsDouble, isInteger ? wire.AsInt : null);
    }

    // Counts that do not fit their bounds say nothing about percentiles; count and sum still stand.
    MetricPoint Explicit(HistogramDataPoint wire)
    {
        var fits = wire.BucketCounts.Count == wire.ExplicitBounds.Count + 1;
        return new HistogramPoint(Nanos(wire.StartTimeUnixNano), Nanos(wire.TimeUnixNano), Exemplars(wire.Exemplars), Nanos(wire.Count),
            wire.HasSum ? wire.Sum : null, wire.HasMin ? wire.Min : null, wire.HasMax ? wire.Max : null,
            fits ? interner.Bounds(wire.ExplicitBounds) : [], fits ? [.. wire.BucketCounts.Select(Nanos)] : []);
    }

    MetricPoint Exponential(ExponentialHistogramDataPoint wire) => new ExponentialPoint(
        Nanos(wire.StartTimeUnixNano), Nanos(wire.TimeUnixNano), Exemplars(wire.Exemplars), Nanos(wire.Count),
        wire.HasSum ? wire.Sum : null, wire.HasMin ? wire.Min : null, wire.HasMax ? wire.Max : null,
        wire.Scale, Nanos(wire.ZeroCount), wire.ZeroThreshold, Buckets(wire.Positive), Buckets(wire.Negative));

    static MetricPoint OfSummary(SummaryDataPoint wire) => new SummaryPoint(
        Nanos(wire.StartTimeUnixNano), Nanos(wire.TimeUnixNano), Nanos(wire.Count), wire.Sum,
        [.. wire.QuantileValues.Select(quantile => new SummaryQuantile(quantile.Quantile, quantile.Value))]);

    static ExponentialBuckets Buckets(ExponentialHistogramDataPoint.Types.Buckets? wire) =>
        wire is null || wire.BucketCounts.Count == 0 ? ExponentialBuckets.None : new(wire.Offset, [.. wire.BucketCounts.Select(Nanos)]);

    Exemplar[] Exemplars(RepeatedField<Wire.Exemplar> wire) => wire.Count == 0 ? [] : [.. wire.Select(exemplar =>
    {
        var isInteger = exemplar.ValueCase == Wire.Exemplar.ValueOneofCase.AsInt;
        return new Exemplar(Nanos(exemplar.TimeUnixNano), isInteger ? exemplar.AsInt : exemplar.AsDouble, isInteger ? exemplar.AsInt : null,
            TraceId.Read(exemplar.TraceId.Span), SpanId.Read(exemplar.SpanId.Span), interner.Attributes(exemplar.FilteredAttributes).Attributes);
    })];
}
