
namespace FlagCloud.Dashboard.Telemetry;

/// <summary>The traces that are held, in the order in which their first span arrived. A late span joins its trace.</summary>
public sealed class TraceStore(TelemetryLimits limits)
{
    readonly Lock _lock = new();
    readonly Dictionary<TraceId, HeldTrace> _traces = [];
    readonly LinkedList<HeldTrace> _arrivals = [];
    long _spans;
    long _evictedTraces;
    long _evictedSpans;

    public Held Traces { get { lock (_lock) return new(_traces.Count, _evictedTraces, limits.Traces); } }
    public Held Spans { get { lock (_lock) return new(_spans, _evictedSpans, limits.Spans); } }

    /// <summary>How many of the spans did not fit: a trace that alone is over the limit keeps what it has.</summary>
    internal int Add(IReadOnlyList<Span> spans)
    {
        var refused = 0;
        lock (_lock)
            foreach (var span in spans)
                if (!Add(span))
                    refused++;
        return refused;
    }

    public IReadOnlyList<TraceSummary> List()
    {
        lock (_lock)
        {
            var result = new TraceSummary[_traces.Count];
            var i = 0;
            for (var node = _arrivals.First; node is not null; node = node.Next)
                result[i++] = node.Value.Summary;
            return result;
        }
    }

    /// <summary>The spans of a trace by start; empty when it is not held.</summary>
    public IReadOnlyList<Span> Find(TraceId id)
    {
        Span[] spans;
        lock (_lock)
        {
            if (!_traces.TryGetValue(id, out var trace)) return [];
            spans = [.. trace.Spans.Values];
        }
        Array.Sort(spans, static (a, b) => a.Start != b.Start ? a.Start.CompareTo(b.Start) : b.End.CompareTo(a.End));
        return spans;
    }

    /// <summary>The traces of which a span meets the condition.</summary>
    public HashSet<TraceId> Where(Func<Span, bool> condition)
    {
        lock (_lock)
            return [.. _traces.Values.Where(trace => trace.Spans.Values.Any(condition)).Select(trace => trace.Id)];
    }

    public IReadOnlyList<Span> All()
    {
        lock (_lock)
            return [.. _arrivals.SelectMany(trace => trace.Spans.Values)];
    }

    /// <summary>Every span that links to this one.</summary>
    public IReadOnlyList<Span> LinkingTo(TraceId trace, SpanId span)
    {
        lock (_lock)
            return [.. _traces.Values.SelectMany(held => held.Spans.Values)
                .Where(candidate => candidate.Links.Any(link => link.TraceId == trace && link.SpanId == span))];
    }

    public void Remove(Func<TelemetryResource, bool> of)
    {
        lock (_lock)
            for (var node = _arrivals.First; node is not null;)
            {
                var next = node.Next;
                _spans -= node.Value.Remove(span => of(span.Resource));
                if (node.Value.Spans.Count == 0) Drop(node);
                node = next;
            }
    }

    bool Add(Span span)
    {
        if (!_traces.TryGetValue(span.TraceId, out var trace))
        {
            if (_traces.Count == limits.Traces) EvictOldest();
            _traces[span.TraceId] = trace = new HeldTrace(span.TraceId);
            trace.Node = _arrivals.AddLast(trace);
        }
        if (_spans >= limits.Spans && !MakeRoom(trace)) return false;
        if (trace.Add(span)) _spans++;
        return true;
    }

    bool MakeRoom(HeldTrace arriving)
    {
        if (_arrivals.First!.Value == arriving) MoveToEnd(arriving);
        if (_arrivals.First!.Value == arriving)
        {
            _evictedSpans++;
            return false;
        }
        EvictOldest();
        return true;
    }

    // The trace that still receives spans is the last that a reader would want to lose.
    void MoveToEnd(HeldTrace trace)
    {
        _arrivals.Remove(trace.Node!);
        _arrivals.AddLast(trace.Node!);
    }

    void EvictOldest()
    {
        var oldest = _arrivals.First!;
        _evictedTraces++;
        _evictedSpans += oldest.Value.Spans.Count;
        _spans -= oldest.Value.Spans.Count;
        Drop(oldest);
    }

    void Drop(LinkedListNode<HeldTrace> node)
    {
        _arrivals.Remove(node);
        _traces.Remove(node.Value.Id);
    }
}
