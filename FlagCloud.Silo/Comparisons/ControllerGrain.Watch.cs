using System.Runtime.CompilerServices;
using FlagCloud.Contracts;

namespace FlagCloud.Silo.Comparisons;

/// <summary>The live view: it looks at the record and at the run under way ten times a second, so a viewer costs a run nothing per download.</summary>
sealed partial class ControllerGrain
{
    public async IAsyncEnumerable<ComparisonEvent> Watch([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (record is null) yield break;
        var status = record.Status;
        yield return new(Comparison: record);
        var (watched, runs, downloads, quietSince) = ((MeasuredRun?)null, 0, 0, time.GetTimestamp());
        while (!record.Ended)
        {
            if (!ReferenceEquals(watched, current)) (watched, downloads) = (current, 0);
            if (watched is not null && ProgressOf(watched, downloads) is { } progress && (progress.Downloads.Count > 0 || downloads is 0))
            {
                downloads += progress.Downloads.Count;
                yield return new(Progress: progress);
                quietSince = time.GetTimestamp();
            }
            while (runs < record.Runs.Count)
                yield return new(Run: record.Runs[runs++]);
            if (status != record.Status || time.GetElapsedTime(quietSince) > WatchHeartbeat)
            {
                (status, quietSince) = (record.Status, time.GetTimestamp());
                if (!record.Ended) yield return new(Comparison: record);
            }
            await Task.Delay(WatchInterval, time, cancellationToken);
        }
        while (runs < record.Runs.Count)
            yield return new(Run: record.Runs[runs++]);
        yield return new(Comparison: record);
    }

    ComparisonProgress ProgressOf(MeasuredRun run, int seen)
    {
        var (ended, inFlight, elapsed) = run.Since(seen);
        var settings = record!.Settings;
        return new(
            run.Plan.Strategy, run.Plan.Round, run.Plan.Warmup, Math.Min(record.Runs.Count + 1, RunCount(settings)), RunCount(settings),
            settings.Countries.Count, seen + ended.Count, inFlight, elapsed, ended);
    }

    static int RunCount(ComparisonSettings settings) => settings.Strategies.Count * (settings.Rounds + (settings.Warmup ? 1 : 0));
}
