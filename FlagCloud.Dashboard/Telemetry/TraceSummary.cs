namespace FlagCloud.Dashboard.Telemetry;

/// <summary>One line of the list of traces. <see cref="Root"/> is the earliest span when the true root has not arrived.</summary>
public sealed record TraceSummary(TraceId Id, Span Root, long Start, long End, IReadOnlyList<ResourceShare> Resources)
{
    public long Duration => Math.Max(0, End - Start);
    public int Spans => Resources.Sum(share => share.Spans);
    public int Errors => Resources.Sum(share => share.Errors);
}
