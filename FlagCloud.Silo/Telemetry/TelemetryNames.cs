namespace FlagCloud.Silo.Telemetry;

/// <summary>The names under which FlagCloud reports itself. They are a contract: a golden file holds them, dashboards are built on them.</summary>
static class TelemetryNames
{
    public const string Source = "FlagCloud"; // Activity source and meter.
    public const string ComparisonSpan = "comparison", RunSpan = "run"; // A trace each: the comparison, and every run, linked to each other both ways.
    public const string DownloadSpan = "download"; // Within a run's trace, followed by the country's code.

    public const string RunDuration = "flagcloud.run.duration";
    public const string RunGoodput = "flagcloud.run.goodput";
    public const string RunEfficiency = "flagcloud.run.efficiency";
    public const string DownloadDuration = "flagcloud.download.duration";
    public const string PhaseDuration = "flagcloud.download.phase.duration";
    public const string Downloads = "flagcloud.downloads";
    public const string InFlight = "flagcloud.downloads.in_flight";
    public const string Size = "flagcloud.download.size";
    public const string Attempts = "flagcloud.download.attempts";

    /// <summary>Tags of metrics: few values each, so never the country.</summary>
    public const string Strategy = "strategy", Outcome = "outcome", Phase = "phase";

    /// <summary>Tags of spans only.</summary>
    public const string Country = "country", Comparison = "comparison.id", Question = "question", Trial = "trial", Round = "round", Warmup = "warmup", Concurrency = "concurrency",
        Profile = "profile", Requested = "requested", Ok = "ok", NotModified = "not_modified", NotFound = "not_found", Errors = "errors", Cancelled = "cancelled",
        Attempt = "attempts", Bytes = "bytes", Silo = "silo", SubmitIndex = "submit_index", CompletionIndex = "completion_index", LockWait = "lock_wait_seconds",
        WorkedOn = "worked_on", State = "future_state";
}
