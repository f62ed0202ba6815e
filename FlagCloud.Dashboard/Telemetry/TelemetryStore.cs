using FlagCloud.Dashboard.Wire;

namespace FlagCloud.Dashboard.Telemetry;

/// <summary>The telemetry of one system: what is received live, of a run that was kept, or of a file that was opened.</summary>
public sealed class TelemetryStore
{
    static readonly TimeSpan TellInterval = TimeSpan.FromMilliseconds(400);
    readonly WireReader _reader;

    public TelemetryStore(TelemetryLimits limits, TimeProvider time)
    {
        Limits = limits;
        Traces = new TraceStore(limits);
        Logs = new LogStore(limits);
        Metrics = new MetricStore(limits);
        Changes = new ChangeSignal(time, TellInterval);
        _reader = new WireReader(new Interner(limits), time);
    }

    public TelemetryLimits Limits { get; }
    public TraceStore Traces { get; }
    public LogStore Logs { get; }
    public MetricStore Metrics { get; }
    public ChangeSignal Changes { get; }

    /// <summary>Everyone of whom something is held.</summary>
    public IReadOnlyList<TelemetryResource> Resources() =>
        [.. Traces.List().SelectMany(trace => trace.Resources.Select(share => share.Resource))
            .Concat(Logs.Where(_ => true).Select(entry => entry.Resource))
            .Concat(Metrics.Keys().Select(key => key.Resource))
            .Distinct()
            .OrderBy(resource => resource.Name, StringComparer.Ordinal).ThenBy(resource => resource.Instance, StringComparer.Ordinal)];

    public void Remove(Func<TelemetryResource, bool> of, bool traces = true, bool logs = true, bool metrics = true)
    {
        if (traces) Traces.Remove(of);
        if (logs) Logs.Remove(of);
        if (metrics) Metrics.Remove(of);
        Changes.Raise();
    }

    internal Intake Add(ExportTraceServiceRequest request)
    {
        var (spans, intake) = _reader.Spans(request.ResourceSpans);
        var refused = Traces.Add(spans);
        return Done(intake, refused, "More spans than are held at once came for one trace.");
    }

    internal Intake Add(ExportLogsServiceRequest request)
    {
        var (entries, intake) = _reader.Logs(request.ResourceLogs);
        Logs.Add(entries);
        return Done(intake, 0, "");
    }

    internal Intake Add(ExportMetricsServiceRequest request)
    {
        var (batches, intake) = _reader.Metrics(request.ResourceMetrics);
        var refused = batches.Sum(Metrics.Add);
        return Done(intake, refused, "A point was older than the last one of its series, or its series or instrument is one too many.");
    }

    internal Intake Add(TelemetryData data) =>
        Add(new ExportTraceServiceRequest { ResourceSpans = { data.ResourceSpans } })
        + Add(new ExportLogsServiceRequest { ResourceLogs = { data.ResourceLogs } })
        + Add(new ExportMetricsServiceRequest { ResourceMetrics = { data.ResourceMetrics } });

    Intake Done(Intake read, int refused, string reason)
    {
        if (read.Accepted > 0) Changes.Raise();
        return new(read.Accepted - refused, read.Rejected + refused, read.Message.Length > 0 || refused == 0 ? read.Message : reason);
    }
}
