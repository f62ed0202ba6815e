using FlagCloud.Contracts;
using FlagCloud.Silo.Comparisons;

namespace FlagCloud.Silo.Watching;

/// <summary>The comparisons that somebody looks at in this process.</summary>
sealed class Watches(IGrainFactory grains, ComparisonStore store, ILogger<ComparisonWatch> logger)
{
    readonly Dictionary<string, ComparisonWatch> watches = [];
    readonly Lock gate = new();

    /// <summary>The one watch of a comparison. Every viewer that joins must leave.</summary>
    public ComparisonWatch Join(Comparison record)
    {
        lock (gate)
        {
            if (!watches.TryGetValue(record.Id, out var watch)) watches.Add(record.Id, watch = new(record, grains, store, logger));
            watch.Viewers++;
            return watch;
        }
    }

    public void Leave(ComparisonWatch watch)
    {
        lock (gate)
        {
            if (--watch.Viewers > 0) return;
            watches.Remove(watch.View.Record.Id);
            watch.Dispose();
        }
    }
}
