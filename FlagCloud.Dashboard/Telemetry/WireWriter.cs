using FlagCloud.Dashboard.Wire;
using Google.Protobuf;

namespace FlagCloud.Dashboard.Telemetry;

/// <summary>What is held as OTLP again. Metrics are written in a file of their own.</summary>
internal static partial class WireWriter
{
    public static ExportTraceServiceRequest Traces(IEnumerable<Span> spans)
    {
        var request = new ExportTraceServiceRequest();
        foreach (var ofResource in spans.GroupBy(span => span.Resource))
        {
            var resource = new ResourceSpans { Resource = Resource(ofResource.Key) };
            foreach (var ofScope in ofResource.GroupBy(span => span.Scope))
                resource.ScopeSpans.Add(new ScopeSpans { Scope = Scope(ofScope.Key), Spans = { ofScope.Select(Span) } });
            request.ResourceSpans.Add(resource);
        }
        return request;
    }

    public static ExportLogsServiceRequest Logs(IEnumerable<LogEntry> entries)
    {
        var request = new ExportLogsServiceRequest();
        foreach (var ofResource in entries.GroupBy(entry => entry.Resource))
        {
            var resource = new ResourceLogs { Resource = Resource(ofResource.Key) };
            foreach (var ofScope in ofResource.GroupBy(entry => entry.Scope))
                resource.ScopeLogs.Add(new ScopeLogs { Scope = Scope(ofScope.Key), LogRecords = { ofScope.Select(Log) } });
            request.ResourceLogs.Add(resource);
        }
        return request;
    }

    static Resource Resource(TelemetryResource resource) => new() { Attributes = { Attributes(resource.Attributes) } };

    static InstrumentationScope Scope(TelemetryScope scope) =>
        new() { Name = scope.Name, Version = scope.Version, Attributes = { Attributes(scope.Attributes) } };

    static Wire.Span Span(Span span)
    {
        var wire = new Wire.Span
        {
            TraceId = Bytes(span.TraceId.ToBytes()),
            SpanId = Bytes(span.Id.ToBytes()),
            ParentSpanId = Bytes(span.ParentId.ToBytes()),
            TraceState = span.TraceState,
            Flags = span.Flags,
            Name = span.Name,
            Kind = (Wire.Span.Types.SpanKind)span.Kind,
            StartTimeUnixNano = (ulong)span.Start,
            EndTimeUnixNano = (ulong)span.End,
            Attributes = { Attributes(span.Attributes) },
            DroppedAttributesCount = (uint)span.DroppedAttributes,
            DroppedEventsCount = (uint)span.DroppedEvents,
            DroppedLinksCount = (uint)span.DroppedLinks,
            Events = { span.Events.Select(Event) },
            Links = { span.Links.Select(Link) },
        };
        if (span.Status != SpanStatus.Unset || span.StatusMessage.Length > 0)
            wire.Status = new Status { Code = (Status.Types.StatusCode)span.Status, Message = span.StatusMessage };
        return wire;
    }

    static Wire.Span.Types.Event Event(SpanEvent item) => new()
    {
        TimeUnixNano = (ulong)item.Time,
        Name = item.Name,
        Attributes = { Attributes(item.Attributes) },
        DroppedAttributesCount = (uint)item.DroppedAttributes,
    };

    static Wire.Span.Types.Link Link(SpanLink link) => new()
    {
        TraceId = Bytes(link.TraceId.ToBytes()),
        SpanId = Bytes(link.SpanId.ToBytes()),
        TraceState = link.TraceState,
        Flags = link.Flags,
        Attributes = { Attributes(link.Attributes) },
        DroppedAttributesCount = (uint)link.DroppedAttributes,
    };

    static LogRecord Log(LogEntry entry) => new()
    {
        TimeUnixNano = (ulong)entry.Time,
        ObservedTimeUnixNano = (ulong)entry.ObservedTime,
        SeverityNumber = entry.Severity,
        SeverityText = entry.SeverityText,
        Body = entry.Body is null ? null : Value(entry.Body),
        TraceId = Bytes(entry.TraceId.ToBytes()),
        SpanId = Bytes(entry.SpanId.ToBytes()),
        Flags = entry.Flags,
        EventName = entry.EventName,
        Attributes = { Attributes(entry.Attributes) },
        DroppedAttributesCount = (uint)entry.DroppedAttributes,
    };

    static IEnumerable<KeyValue> Attributes(Tag[] attributes) =>
        attributes.Select(attribute => new KeyValue { Key = attribute.Key, Value = Value(attribute.Value) });

    static AnyValue Value(object? value) => value switch
    {
        string text => new AnyValue { StringValue = text },
        bool flag => new AnyValue { BoolValue = flag },
        long number => new AnyValue { IntValue = number },
        double number => new AnyValue { DoubleValue = number },
        byte[] bytes => new AnyValue { BytesValue = Bytes(bytes) },
        Tag[] map => new AnyValue { KvlistValue = new KeyValueList { Values = { Attributes(map) } } },
        object?[] items => new AnyValue { ArrayValue = new ArrayValue { Values = { items.Select(Value) } } },
        _ => new AnyValue(),
    };

    static ByteString Bytes(byte[] bytes) => UnsafeByteOperations.UnsafeWrap(bytes);
}
