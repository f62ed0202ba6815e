using System.Diagnostics.Metrics;
using System.Text.Json;

namespace FlagCloud.Silo.Telemetry;

/// <summary>FlagCloud's spans and metrics. Durations are seconds, sizes bytes. Warm-ups are in no metric but the number in flight.</summary>
sealed class Instruments(Meter meter) : IDisposable
{
    // A dashboard shows the upper bound of a bucket as the percentile: each is 5 % above the last, from 1 ms to 300 s.
    static readonly InstrumentAdvice<double> Seconds = Buckets([.. Enumerable.Range(0, 260).Select(step => Math.Round(0.001 * Math.Pow(1.05, step), 6))]);
    static readonly InstrumentAdvice<long> Sizes = Buckets<long>([256, 512, 1_024, 2_048, 4_096, 8_192, 16_384, 32_768, 65_536, 131_072, 262_144, 1_048_576]);
    static readonly InstrumentAdvice<long> Counts = Buckets<long>([1, 2, 3, 4, 5, 10]);

    readonly Histogram<double> runs = meter.CreateHistogram(TelemetryNames.RunDuration, "s", "One strategy over all countries, once.", advice: Seconds);
    readonly Gauge<double> goodput = meter.CreateGauge<double>(TelemetryNames.RunGoodput, "{flag}/s", "Flags stored per second of the last run.");
    readonly Gauge<double> efficiency = meter.CreateGauge<double>(TelemetryNames.RunEfficiency, "1", "Shortest time that the delays allow / time of the last run.");
    readonly Histogram<double> downloads = meter.CreateHistogram(TelemetryNames.DownloadDuration, "s", "One download, from its start to its end.", advice: Seconds);
    readonly Histogram<double> phases = meter.CreateHistogram(TelemetryNames.PhaseDuration, "s", "One phase of a download.", advice: Seconds);
    readonly Counter<long> outcomes = meter.CreateCounter<long>(TelemetryNames.Downloads, "{flag}", "Downloads that have ended.");
    readonly UpDownCounter<long> inFlight = meter.CreateUpDownCounter<long>(TelemetryNames.InFlight, "{flag}", "Downloads that have started and not ended.");
    readonly Histogram<long> sizes = meter.CreateHistogram(TelemetryNames.Size, "By", "Size of a flag as the origin sent it.", advice: Sizes);
    readonly Histogram<long> attempts = meter.CreateHistogram(TelemetryNames.Attempts, "{attempt}", "Requests to the origin for one flag.", advice: Counts);

    public ActivitySource Spans { get; } = new(TelemetryNames.Source, typeof(Instruments).Assembly.GetName().Version?.ToString(3));

    /// <summary>Counts who is in the CPU part of a download, while that is to be measured. Comparisons run one at a time, so one gauge serves all.</summary>
    public ThreadGauge? CpuParts { get; set; }

    public void Started(string strategy) => inFlight.Add(1, Strategy(strategy));

    public void Ended(Download download)
    {
        var strategy = Strategy(download.Strategy);
        inFlight.Add(-1, strategy);
        if (download.Round is 0) return;
        var outcome = new KeyValuePair<string, object?>(TelemetryNames.Outcome, NameOf(download.Outcome));
        outcomes.Add(1, strategy, outcome);
        downloads.Record(download.EndedSeconds - download.StartedSeconds, strategy, outcome);
        attempts.Record(download.Attempts, strategy, outcome);
        if (download.Outcome is Outcome.Ok) sizes.Record(download.Bytes, strategy);
        var from = 0.0;
        foreach (var (phase, end) in Phases(download))
        {
            if (end is not { } to) break;
            phases.Record(to - from, strategy, new(TelemetryNames.Phase, phase));
            from = to;
        }
    }

    public void RunEnded(Run run)
    {
        if (run.Warmup) return;
        var strategy = Strategy(run.Strategy);
        runs.Record(run.ElapsedSeconds, strategy);
        goodput.Record(run.Goodput, strategy);
        if (run.IdealSeconds > 0) efficiency.Record(run.IdealSeconds / run.ElapsedSeconds, strategy);
    }

    public void Dispose() => Spans.Dispose();

    public static string NameOf(Outcome outcome) => JsonNamingPolicy.CamelCase.ConvertName(outcome.ToString());

    static (string Phase, double? End)[] Phases(Download download) =>
    [
        ("queued", download.StartedSeconds), ("waiting", download.HeadersSeconds), ("body", download.BodySeconds), ("work", download.WorkedSeconds),
        ("storing", download.StoredSeconds),
    ];

    static KeyValuePair<string, object?> Strategy(string strategy) => new(TelemetryNames.Strategy, strategy);

    static InstrumentAdvice<T> Buckets<T>(T[] boundaries) where T : struct => new() { HistogramBucketBoundaries = boundaries };
}
