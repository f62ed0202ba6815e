using System.Runtime.CompilerServices;

namespace FlagCloud.Silo.Comparisons;

/// <summary>The live view: it looks at the run under way ten times a second, so that a viewer costs nothing per download.</summary>
sealed partial class ControllerGrain
{
    static readonly TimeSpan WatchInterval = TimeSpan.FromMilliseconds(100), WatchHeartbeat = TimeSpan.FromSeconds(10), SummaryInterval = TimeSpan.FromSeconds(1);

    // For each viewer the runs that it has not seen to their end: a run can be over before the viewer looks again.
    readonly List<Queue<MeasuredRun>> viewers = [];

    public async IAsyncEnumerable<ComparisonEvent> Watch([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (record is null) yield break;
        var (unseen, seen, told, quietSince) = (new Queue<MeasuredRun>(), 0, record, time.GetTimestamp());
        var toldAt = quietSince;
        if (current is not null && (current.Result is null || !told.Runs.Contains(current.Result))) unseen.Enqueue(current);
        viewers.Add(unseen);
        try
        {
            yield return new(Comparison: told);
            foreach (var run in told.Runs) yield return new(Run: run);
            while (true)
            {
                while (unseen.TryPeek(out var run))
                {
                    var result = run.Result; // Before the downloads: once it is there, they are complete.
                    var progress = run.Progress(seen, record.MaxRuns());
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
                if (lifetime.ApplicationStopping.IsCancellationRequested) yield break; // It goes on elsewhere, and whoever watches asks there.
                var isNew = told.Status != record.Status || (!ReferenceEquals(told.Summary, record.Summary) && time.GetElapsedTime(toldAt) > SummaryInterval);
                if (isNew || time.GetElapsedTime(quietSince) > WatchHeartbeat)
                {
                    told = record;
                    toldAt = quietSince = time.GetTimestamp();
                    yield return new(Comparison: told);
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
}
