using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json;
using FlagCloud.Contracts;

namespace FlagCloud.Silo.Telemetry;

/// <summary>FlagCloud's spans and metrics. Durations are seconds, sizes bytes.</summary>
sealed class Instruments : IDisposable
{
    static readonly double[] Seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 25, 60, 300];
    static readonly double[] Sizes = [256, 512, 1_024, 2_048, 4_096, 8_192, 16_384, 32_768, 65_536, 131_072, 262_144, 1_048_576];
    static readonly double[] Counts = [1, 2, 3, 4, 5, 10];

    readonly Histogram<double> runs, downloads, phases;
    readonly Counter<long> outcomes;
    readonly UpDownCounter<long> inFlight;
    readonly Histogram<long> sizes, attempts;

    public Instruments(IMeterFactory meters)
    {
        var meter = meters.Create(TelemetryNames.Source);
        runs = meter.CreateHistogram(TelemetryNames.RunDuration, "s", "One strategy over all countries, once.", advice: Buckets<double>(Seconds));
        downloads = meter.CreateHistogram(TelemetryNames.DownloadDuration, "s", "One download, from its start to its end.", advice: Buckets<double>(Seconds));
        phases = meter.CreateHistogram(TelemetryNames.PhaseDuration, "s", "One phase of a download.", advice: Buckets<double>(Seconds));
        outcomes = meter.CreateCounter<long>(TelemetryNames.Downloads, "{flag}", "Downloads that have ended.");
        inFlight = meter.CreateUpDownCounter<long>(TelemetryNames.InFlight, "{flag}", "Downloads that have started and not ended.");
        sizes = meter.CreateHistogram(TelemetryNames.Size, "By", "Size of a flag as the origin sent it.", advice: Buckets<long>([.. Sizes.Select(size => (long)size)]));
        attempts = meter.CreateHistogram(TelemetryNames.Attempts, "{attempt}", "Requests to the origin for one flag.", advice: Buckets<long>([.. Counts.Select(count => (long)count)]));
    }

    public ActivitySource Spans { get; } = new(TelemetryNames.Source, typeof(Instruments).Assembly.GetName().Version?.ToString(3));

    public CodeMeter Code { get; } = new();

    public void Started(string strategy) => inFlight.Add(1, Strategy(strategy));

    public void Ended(Download download, double endedSeconds)
    {
        var strategy = Strategy(download.Strategy);
        var outcome = new KeyValuePair<string, object?>(TelemetryNames.Outcome, JsonNamingPolicy.CamelCase.ConvertName(download.Outcome.ToString()));
        inFlight.Add(-1, strategy);
        outcomes.Add(1, strategy, outcome);
        downloads.Record(endedSeconds - download.StartedSeconds, strategy, outcome);
        attempts.Record(download.Attempts, strategy, outcome);
        if (download.Outcome is Outcome.Ok) sizes.Record(download.Bytes, strategy);
        foreach (var (phase, seconds) in Phases(download))
            phases.Record(seconds, strategy, new(TelemetryNames.Phase, phase));
    }

    public void RunEnded(Run run) => runs.Record(run.ElapsedSeconds, Strategy(run.Strategy));

    public void Dispose() => Spans.Dispose();

    static IEnumerable<(string Phase, double Seconds)> Phases(Download download)
    {
        yield return ("queued", download.StartedSeconds - download.QueuedSeconds);
        if (download.HeadersSeconds is not { } headers) yield break;
        yield return ("waiting", headers - download.StartedSeconds);
        if (download.BodySeconds is not { } body) yield break;
        yield return ("body", body - headers);
        if (download.WorkedSeconds is not { } worked) yield break;
        yield return ("work", worked - body);
        if (download.StoredSeconds is not { } stored) yield break;
        yield return ("storing", stored - worked);
    }

    static KeyValuePair<string, object?> Strategy(string strategy) => new(TelemetryNames.Strategy, strategy);

    static InstrumentAdvice<T> Buckets<T>(T[] boundaries) where T : struct => new() { HistogramBucketBoundaries = boundaries };
}
