namespace FlagCloud.Silo.Telemetry;

/// <summary>The names under which FlagCloud reports itself. They are a contract: tests hold them, dashboards are built on them.</summary>
static class TelemetryNames
{
    /// <summary>Activity source and meter.</summary>
    public const string Source = "FlagCloud";

    public const string ComparisonSpan = "comparison", RunSpan = "run", FlagSpan = "flag";

    public const string RunDuration = "flagcloud.run.duration";
    public const string DownloadDuration = "flagcloud.download.duration";
    public const string PhaseDuration = "flagcloud.download.phase.duration";
    public const string Downloads = "flagcloud.downloads";
    public const string InFlight = "flagcloud.downloads.in_flight";
    public const string Size = "flagcloud.download.size";
    public const string Attempts = "flagcloud.download.attempts";

    /// <summary>Tags of metrics: few values each, so never the country.</summary>
    public const string Strategy = "strategy", Outcome = "outcome", Phase = "phase";

    /// <summary>Tags of spans only.</summary>
    public const string Country = "country", Comparison = "comparison.id", Round = "round", Concurrency = "concurrency", Profile = "profile",
        Requested = "requested", Attempt = "attempts", Bytes = "bytes", Silo = "silo", SubmitIndex = "submit_index", CompletionIndex = "completion_index",
        LockWait = "lock_wait_seconds", WorkedOn = "worked_on", State = "future_state";
}
