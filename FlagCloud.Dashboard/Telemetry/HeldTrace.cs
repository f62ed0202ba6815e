namespace FlagCloud.Dashboard.Telemetry;

/// <summary>A trace as the store grows it, under the store's lock.</summary>
internal sealed class HeldTrace(TraceId id)
{
    TraceSummary? _summary;

    public TraceId Id => id;
    public Dictionary<SpanId, Span> Spans { get; } = [];
    public LinkedListNode<HeldTrace>? Node { get; set; }
    public TraceSummary Summary => _summary ??= Summarise();

    /// <summary>False when a span with this id was there: a client that sends again after a lost answer replaces it.</summary>
    public bool Add(Span span)
    {
        _summary = null;
        var isNew = !Spans.ContainsKey(span.Id);
        Spans[span.Id] = span;
        return isNew;
    }

    public int Remove(Func<Span, bool> condition)
    {
        var gone = Spans.Values.Where(condition).Select(span => span.Id).ToArray();
        foreach (var span in gone)
            Spans.Remove(span);
        if (gone.Length > 0) _summary = null;
        return gone.Length;
    }

    TraceSummary Summarise()
    {
        long start = long.MaxValue, end = long.MinValue;
        Span? root = null;
        var resources = new Dictionary<TelemetryResource, ResourceShare>();
        foreach (var span in Spans.Values)
        {
            start = Math.Min(start, span.Start);
            end = Math.Max(end, span.End);
            if (root is null || IsNearerTheRoot(span, root)) root = span;
            var share = resources.GetValueOrDefault(span.Resource) ?? new ResourceShare(span.Resource, 0, 0);
            resources[span.Resource] = share with { Spans = share.Spans + 1, Errors = share.Errors + (span.IsError ? 1 : 0) };
        }
        return new TraceSummary(id, root!, start, end, [.. resources.Values.OrderByDescending(share => share.Spans)]);
    }

    static bool IsNearerTheRoot(Span span, Span than) =>
        span.ParentId.IsNone != than.ParentId.IsNone ? span.ParentId.IsNone : span.Start < than.Start;
}
