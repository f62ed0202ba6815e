using FlagCloud.Dashboard.Wire;
using Google.Protobuf;

namespace FlagCloud.Tests.Dashboard;

/// <summary>Requests as a client would send them.</summary>
static class OtlpRequests
{
    public const long T0 = 1_700_000_000_000_000_000;

    public static Resource Resource(string name, string instance = "") =>
        new() { Attributes = { Attribute("service.name", name), Attribute("service.instance.id", instance) } };

    public static KeyValue Attribute(string key, string value) => new() { Key = key, Value = new AnyValue { StringValue = value } };

    public static ByteString TraceId(int number) => ByteString.CopyFrom([0xAA, .. new byte[11], .. BitConverter.GetBytes(number).Reverse()]);

    public static ByteString SpanId(int number) => ByteString.CopyFrom([0xBB, 0, 0, 0, .. BitConverter.GetBytes(number).Reverse()]);

    public static Span Span(int trace, int id, int parent = 0, string name = "work", long start = 0, long milliseconds = 10, params KeyValue[] attributes) => new()
    {
        TraceId = TraceId(trace),
        SpanId = SpanId(id),
        ParentSpanId = parent == 0 ? ByteString.Empty : SpanId(parent),
        Name = name,
        StartTimeUnixNano = (ulong)(T0 + start * 1_000_000),
        EndTimeUnixNano = (ulong)(T0 + (start + milliseconds) * 1_000_000),
        Attributes = { attributes },
    };

    public static ExportTraceServiceRequest Traces(string resource, params IEnumerable<Span> spans) => new()
    {
        ResourceSpans = { new ResourceSpans { Resource = Resource(resource), ScopeSpans = { new ScopeSpans { Scope = new() { Name = "tests" }, Spans = { spans } } } } },
    };

    public static LogRecord Log(string message, int severity = 9, long at = 0) =>
        new() { TimeUnixNano = (ulong)(T0 + at), SeverityNumber = severity, Body = new AnyValue { StringValue = message } };

    public static ExportLogsServiceRequest Logs(string resource, params IEnumerable<LogRecord> records) => new()
    {
        ResourceLogs = { new ResourceLogs { Resource = Resource(resource), ScopeLogs = { new ScopeLogs { Scope = new() { Name = "tests" }, LogRecords = { records } } } } },
    };

    public static ExportMetricsServiceRequest Metrics(string resource, params IEnumerable<Metric> metrics) => new()
    {
        ResourceMetrics = { new ResourceMetrics { Resource = Resource(resource), ScopeMetrics = { new ScopeMetrics { Scope = new() { Name = "tests" }, Metrics = { metrics } } } } },
    };

    public static Metric Counter(string name, params IEnumerable<(long Second, long Value, string Strategy)> points) => new()
    {
        Name = name,
        Sum = new Sum
        {
            IsMonotonic = true,
            AggregationTemporality = AggregationTemporality.Cumulative,
            DataPoints = { points.Select(point => new NumberDataPoint
            {
                StartTimeUnixNano = (ulong)T0,
                TimeUnixNano = (ulong)(T0 + point.Second * 1_000_000_000),
                AsInt = point.Value,
                Attributes = { Attribute("strategy", point.Strategy) },
            }) },
        },
    };

    public static Metric Histogram(string name, AggregationTemporality temporality, params IEnumerable<(long Second, ulong[] Counts, string Strategy)> points) => new()
    {
        Name = name,
        Unit = "s",
        Histogram = new Histogram
        {
            AggregationTemporality = temporality,
            DataPoints = { points.Select(point => new HistogramDataPoint
            {
                StartTimeUnixNano = (ulong)T0,
                TimeUnixNano = (ulong)(T0 + point.Second * 1_000_000_000),
                Count = point.Counts.Aggregate(0UL, (sum, count) => sum + count),
                Sum = point.Counts.Select((count, bucket) => count * (bucket + 0.5)).Sum(),
                ExplicitBounds = { Enumerable.Range(1, point.Counts.Length - 1).Select(bound => (double)bound) },
                BucketCounts = { point.Counts },
                Attributes = { Attribute("strategy", point.Strategy) },
            }) },
        },
    };
}
