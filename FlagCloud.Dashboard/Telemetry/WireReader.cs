using FlagCloud.Dashboard.Wire;
using Google.Protobuf.Collections;

namespace FlagCloud.Dashboard.Telemetry;

/// <summary>What came over the wire as what is held. Metrics are read in a file of their own.</summary>
internal sealed partial class WireReader(Interner interner, TimeProvider time)
{
    const string TooManyResources = "There are more resources than are held; remove some, or restart the dashboard.";

    public (List<Span> Spans, Intake Intake) Spans(RepeatedField<ResourceSpans> wire)
    {
        var spans = new List<Span>();
        var rejected = 0;
        var message = "";
        foreach (var ofResource in wire)
        {
            if (interner.Resource(ofResource.Resource) is not { } resource)
            {
                rejected += ofResource.ScopeSpans.Sum(ofScope => ofScope.Spans.Count);
                message = TooManyResources;
                continue;
            }
            foreach (var ofScope in ofResource.ScopeSpans)
            {
                var scope = interner.Scope(ofScope.Scope);
                foreach (var span in ofScope.Spans)
                    if (Span(span, resource, scope) is { } read)
                        spans.Add(read);
                    else
                    {
                        rejected++;
                        message = "A span needs a trace id of 16 bytes and a span id of 8 bytes, neither all zeros.";
                    }
            }
        }
        return (spans, new Intake(spans.Count, rejected, message));
    }

    public (List<LogEntry> Entries, Intake Intake) Logs(RepeatedField<ResourceLogs> wire)
    {
        var entries = new List<LogEntry>();
        var rejected = 0;
        foreach (var ofResource in wire)
        {
            if (interner.Resource(ofResource.Resource) is not { } resource)
            {
                rejected += ofResource.ScopeLogs.Sum(ofScope => ofScope.LogRecords.Count);
                continue;
            }
            foreach (var ofScope in ofResource.ScopeLogs)
            {
                var scope = interner.Scope(ofScope.Scope);
                entries.AddRange(ofScope.LogRecords.Select(record => Log(record, resource, scope)));
            }
        }
        return (entries, new Intake(entries.Count, rejected, rejected > 0 ? TooManyResources : ""));
    }

    Span? Span(Wire.Span wire, TelemetryResource resource, TelemetryScope scope)
    {
        var trace = TraceId.Read(wire.TraceId.Span);
        var id = SpanId.Read(wire.SpanId.Span);
        if (trace.IsNone || id.IsNone) return null;
        var (attributes, dropped) = interner.Attributes(wire.Attributes);
        return new Span
        {
            Resource = resource,
            Scope = scope,
            TraceId = trace,
            Id = id,
            ParentId = SpanId.Read(wire.ParentSpanId.Span),
            Name = interner.Text(wire.Name),
            Kind = Enum.IsDefined((SpanKind)wire.Kind) ? (SpanKind)wire.Kind : SpanKind.Unspecified,
            Start = Nanos(wire.StartTimeUnixNano),
            End = Nanos(wire.EndTimeUnixNano),
            Status = wire.Status is { } status && Enum.IsDefined((SpanStatus)status.Code) ? (SpanStatus)status.Code : SpanStatus.Unset,
            StatusMessage = interner.Text(wire.Status?.Message ?? ""),
            TraceState = interner.Text(wire.TraceState),
            Flags = wire.Flags,
            Attributes = attributes,
            Events = wire.Events.Count == 0 ? [] : [.. wire.Events.Select(Event)],
            Links = wire.Links.Count == 0 ? [] : [.. wire.Links.Select(Link)],
            DroppedAttributes = dropped + (int)wire.DroppedAttributesCount,
            DroppedEvents = (int)wire.DroppedEventsCount,
            DroppedLinks = (int)wire.DroppedLinksCount,
        };
    }

    SpanEvent Event(Wire.Span.Types.Event wire)
    {
        var (attributes, dropped) = interner.Attributes(wire.Attributes);
        return new(Nanos(wire.TimeUnixNano), interner.Text(wire.Name), attributes, dropped + (int)wire.DroppedAttributesCount);
    }

    SpanLink Link(Wire.Span.Types.Link wire)
    {
        var (attributes, dropped) = interner.Attributes(wire.Attributes);
        return new(TraceId.Read(wire.TraceId.Span), SpanId.Read(wire.SpanId.Span), wire.TraceState, attributes,
            dropped + (int)wire.DroppedAttributesCount, wire.Flags);
    }

    LogEntry Log(LogRecord wire, TelemetryResource resource, TelemetryScope scope)
    {
        var (attributes, dropped) = interner.Attributes(wire.Attributes);
        var observed = Nanos(wire.ObservedTimeUnixNano);
        var recorded = Nanos(wire.TimeUnixNano);
        return new LogEntry
        {
            Resource = resource,
            Scope = scope,
            Time = recorded != 0 ? recorded : observed != 0 ? observed : UnixNano.Of(time.GetUtcNow()),
            ObservedTime = observed,
            Severity = wire.SeverityNumber,
            SeverityText = interner.Text(wire.SeverityText),
            Body = interner.Value(wire.Body),
            TraceId = TraceId.Read(wire.TraceId.Span),
            SpanId = SpanId.Read(wire.SpanId.Span),
            Flags = wire.Flags,
            EventName = interner.Text(wire.EventName),
            Attributes = attributes,
            DroppedAttributes = dropped + (int)wire.DroppedAttributesCount,
        };
    }

    static long Nanos(ulong wire) => wire > long.MaxValue ? long.MaxValue : (long)wire;
}
