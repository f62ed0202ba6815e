using FlagCloud.Dashboard.Wire;
using Google.Protobuf.Collections;

namespace FlagCloud.Dashboard.Telemetry;

internal static partial class WireWriter
{
    public static ExportMetricsServiceRequest Metrics(IEnumerable<Instrument> instruments)
    {
        var request = new ExportMetricsServiceRequest();
        foreach (var ofResource in instruments.GroupBy(instrument => instrument.Key.Resource))
        {
            var resource = new ResourceMetrics { Resource = Resource(ofResource.Key) };
            foreach (var ofScope in ofResource.GroupBy(instrument => instrument.Scope))
                resource.ScopeMetrics.Add(new ScopeMetrics { Scope = Scope(ofScope.Key), Metrics = { ofScope.Select(Metric) } });
            request.ResourceMetrics.Add(resource);
        }
        return request;
    }

    static Metric Metric(Instrument instrument)
    {
        var metric = new Metric { Name = instrument.Key.Name, Unit = instrument.Unit, Description = instrument.Description };
        var temporality = (AggregationTemporality)instrument.Key.Temporality;
        switch (instrument.Key.Kind)
        {
            case InstrumentKind.Gauge:
                metric.Gauge = new Gauge();
                Write<NumberPoint, NumberDataPoint>(instrument, metric.Gauge.DataPoints, Number, point => point.Attributes);
                break;
            case InstrumentKind.Sum:
                metric.Sum = new Sum { AggregationTemporality = temporality, IsMonotonic = instrument.Key.IsMonotonic };
                Write<NumberPoint, NumberDataPoint>(instrument, metric.Sum.DataPoints, Number, point => point.Attributes);
                break;
            case InstrumentKind.Histogram:
                metric.Histogram = new Histogram { AggregationTemporality = temporality };
                Write<HistogramPoint, HistogramDataPoint>(instrument, metric.Histogram.DataPoints, Explicit, point => point.Attributes);
                break;
            case InstrumentKind.ExponentialHistogram:
                metric.ExponentialHistogram = new ExponentialHistogram { AggregationTemporality = temporality };
                Write<ExponentialPoint, ExponentialHistogramDataPoint>(
                    instrument, metric.ExponentialHistogram.DataPoints, Exponential, point => point.Attributes);
                break;
            default:
                metric.Summary = new Summary();
                Write<SummaryPoint, SummaryDataPoint>(instrument, metric.Summary.DataPoints, OfSummary, point => point.Attributes);
                break;
        }
        return metric;
    }

    static void Write<TPoint, TWire>(
        Instrument instrument, RepeatedField<TWire> wire, Func<TPoint, TWire> write, Func<TWire, RepeatedField<KeyValue>> attributes)
        where TPoint : MetricPoint
    {
        foreach (var series in instrument.Series)
            foreach (var point in series.Points.OfType<TPoint>())
            {
                var written = write(point);
                attributes(written).Add(Attributes(series.Attributes));
                wire.Add(written);
            }
    }

    static NumberDataPoint Number(NumberPoint point)
    {
        var wire = new NumberDataPoint { StartTimeUnixNano = (ulong)point.Start, TimeUnixNano = (ulong)point.Time, Exemplars = { Exemplars(point) } };
        if (point.Whole is { } integer) wire.AsInt = integer;
        else wire.AsDouble = point.Value;
        return wire;
    }

    static HistogramDataPoint Explicit(HistogramPoint point)
    {
        var wire = new HistogramDataPoint
        {
            StartTimeUnixNano = (ulong)point.Start,
            TimeUnixNano = (ulong)point.Time,
            Count = (ulong)point.Count,
            ExplicitBounds = { point.Bounds },
            BucketCounts = { point.Counts.Select(count => (ulong)count) },
            Exemplars = { Exemplars(point) },
        };
        if (point.Sum is { } sum) wire.Sum = sum;
        if (point.Min is { } min) wire.Min = min;
        if (point.Max is { } max) wire.Max = max;
        return wire;
    }

    static ExponentialHistogramDataPoint Exponential(ExponentialPoint point)
    {
        var wire = new ExponentialHistogramDataPoint
        {
            StartTimeUnixNano = (ulong)point.Start,
            TimeUnixNano = (ulong)point.Time,
            Count = (ulong)point.Count,
            Scale = point.Scale,
            ZeroCount = (ulong)point.ZeroCount,
            ZeroThreshold = point.ZeroThreshold,
            Positive = Buckets(point.Positive),
            Negative = Buckets(point.Negative),
            Exemplars = { Exemplars(point) },
        };
        if (point.Sum is { } sum) wire.Sum = sum;
        if (point.Min is { } min) wire.Min = min;
        if (point.Max is { } max) wire.Max = max;
        return wire;
    }

    static SummaryDataPoint OfSummary(SummaryPoint point) => new()
    {
        StartTimeUnixNano = (ulong)point.Start,
        TimeUnixNano = (ulong)point.Time,
        Count = (ulong)point.Count,
        Sum = point.Sum,
        QuantileValues = { point.Quantiles.Select(item => new SummaryDataPoint.Types.ValueAtQuantile { Quantile = item.Quantile, Value = item.Value }) },
    };

    static ExponentialHistogramDataPoint.Types.Buckets Buckets(ExponentialBuckets buckets) =>
        new() { Offset = buckets.Offset, BucketCounts = { buckets.Counts.Select(count => (ulong)count) } };

    static IEnumerable<Wire.Exemplar> Exemplars(MetricPoint point) => point.Exemplars.Select(exemplar =>
    {
        var wire = new Wire.Exemplar
        {
            TimeUnixNano = (ulong)exemplar.Time,
            TraceId = Bytes(exemplar.TraceId.ToBytes()),
            SpanId = Bytes(exemplar.SpanId.ToBytes()),
            FilteredAttributes = { Attributes(exemplar.Attributes) },
        };
        if (exemplar.Whole is { } integer) wire.AsInt = integer;
        else wire.AsDouble = exemplar.Value;
        return wire;
    });
}
