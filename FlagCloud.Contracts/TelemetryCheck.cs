namespace FlagCloud.Contracts;

/// <summary>A record held against the traces that a dashboard has of it (<c>GET /api/comparisons/{id}/telemetry</c>).</summary>
/// <param name="Runs">In the order in which they were run, warm-ups included.</param>
public sealed record TelemetryCheck(string Id, IReadOnlyList<TracedRun> Runs)
{
    public bool Agrees => Runs is not [] && Runs.All(run => run.Agrees);
}

/// <summary>One run, by its record and by its trace.</summary>
/// <param name="TraceSeconds">Duration of the trace's first span; null where the dashboard does not have it.</param>
/// <param name="Downloads">As the record counts them.</param>
/// <param name="TraceDownloads">As spans in the trace.</param>
/// <param name="LostSpans">Spans that the trace should have: of downloads, and those that other spans name as their parent.</param>
public sealed record TracedRun(string Name, int Round, string? TraceId, double RecordSeconds, double? TraceSeconds, int Downloads, int TraceDownloads, int LostSpans)
{
    /// <summary>How far the two clocks may be apart: this share of the run, or this many seconds, whichever is more.</summary>
    public const double ShareAllowed = 0.01, SecondsAllowed = 0.002;
    /// <summary>Seconds between the two clocks; null without a trace.</summary>
    [JsonIgnore] public double? Difference => TraceSeconds is { } traced ? Math.Abs(traced - RecordSeconds) : null;
    public bool Agrees => LostSpans is 0 && TraceDownloads == Downloads && Difference <= Math.Max(ShareAllowed * RecordSeconds, SecondsAllowed);
}
