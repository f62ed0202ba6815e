using System.Runtime.CompilerServices;
using FlagCloud.Contracts;

namespace FlagCloud.Silo.Comparisons;

/// <summary>The live view: it looks at the run under way ten times a second, so that a viewer costs nothing per download.</summary>
sealed partial class ControllerGrain
{
    static readonly TimeSpan WatchInterval = TimeSpan.FromMilliseconds(100), WatchHeartbeat = TimeSpan.FromSeconds(10);

    // For each viewer the runs that it has not seen to their end: a run can be over before the viewer looks again.
    readonly List<Queue<MeasuredRun>> viewers = [];

    public async IAsyncEnumerable<ComparisonEvent> Watch([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (record is null) yield break;
        var (unseen, seen, status, quietSince) = (new Queue<MeasuredRun>(), 0, record.Status, time.GetTimestamp());
        var past = record;
        if (current is not null && (current.Result is null || !past.Runs.Contains(current.Result))) unseen.Enqueue(current);
        viewers.Add(unseen);
        try
        {
            yield return new(Comparison: past);
            foreach (var run in past.Runs) yield return new(Run: run);
            while (true)
            {
                while (unseen.TryPeek(out var run))
                {
                    var result = run.Result; // Before the downloads: once it is there, they are complete.
                    var progress = ProgressOf(run, seen);
                    if (seen is 0 || progress.Downloads.Count > 0)
                    {
                        (seen, quietSince) = (progress.Finished, time.GetTimestamp());
                        yield return new(Progress: progress);
                    }
                    if (result is null) break;
                    yield return new(Run: result);
                    (_, seen) = (unseen.Dequeue(), 0);
                }
                if (record.Ended) break;
                if (status != record.Status || time.GetElapsedTime(quietSince) > WatchHeartbeat)
                {
                    (status, quietSince) = (record.Status, time.GetTimestamp());
                    yield return new(Comparison: record);
                }
                await Task.Delay(WatchInterval, time, cancellationToken);
            }
            yield return new(Comparison: record);
        }
        finally
        {
            viewers.Remove(unseen);
        }
    }

    ComparisonProgress ProgressOf(MeasuredRun run, int seen)
    {
        var (ended, inFlight, elapsed) = run.Since(seen);
        var (pending, running) = run.Futures();
        var settings = record!.Settings;
        return new(
            run.Plan.Strategy, run.Plan.Round, run.Plan.Warmup, run.Plan.Number, RoundPlan.Of(settings).Count,
            settings.Countries.Count, seen + ended.Count, inFlight, elapsed, ended, pending, running);
    }
}
