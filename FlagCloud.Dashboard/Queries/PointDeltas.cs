using FlagCloud.Dashboard.Telemetry;

namespace FlagCloud.Dashboard.Queries;

/// <summary>What a point adds to the one before it: all of it where points are deltas, or where counting began anew.</summary>
internal static class PointDeltas
{
    public static double Number(NumberPoint point, NumberPoint? before, Temporality temporality) =>
        Continues(point, before, temporality) && point.Value >= before!.Value ? point.Value - before.Value : point.Value;

    public static Distribution Histogram(MetricPoint point, MetricPoint? before, Temporality temporality)
    {
        var delta = new Distribution();
        switch (point)
        {
            case HistogramPoint current:
                var last = Continues(point, before, temporality) && before is HistogramPoint earlier && earlier.Count <= current.Count
                    && earlier.Bounds.AsSpan().SequenceEqual(current.Bounds) ? earlier : null;
                for (var i = 0; i < current.Counts.Length; i++)
                    delta.Add(i == 0 ? double.NegativeInfinity : current.Bounds[i - 1],
                        i == current.Bounds.Length ? double.PositiveInfinity : current.Bounds[i], current.Counts[i] - (last?.Counts[i] ?? 0));
                delta.AddTotals(current.Count - (last?.Count ?? 0), (current.Sum ?? 0) - (last?.Sum ?? 0), current.Min, current.Max);
                break;
            case ExponentialPoint current:
                AddExponential(delta, current, Continues(point, before, temporality) && before is ExponentialPoint previous
                    && previous.Count <= current.Count && previous.Scale >= current.Scale ? previous : null);
                break;
        }
        return delta;
    }

    static bool Continues(MetricPoint point, MetricPoint? before, Temporality temporality) =>
        temporality == Temporality.Cumulative && before is not null && before.Start == point.Start;

    static void AddExponential(Distribution delta, ExponentialPoint point, ExponentialPoint? before)
    {
        var power = Math.Pow(2, -point.Scale);
        foreach (var (index, count) in Less(point.Positive, before?.Positive, (before?.Scale ?? 0) - point.Scale))
            delta.Add(Math.Pow(2, index * power), Math.Pow(2, (index + 1) * power), count);
        foreach (var (index, count) in Less(point.Negative, before?.Negative, (before?.Scale ?? 0) - point.Scale))
            delta.Add(-Math.Pow(2, (index + 1) * power), -Math.Pow(2, index * power), count);
        delta.Add(-point.ZeroThreshold, point.ZeroThreshold, point.ZeroCount - (before?.ZeroCount ?? 0));
        delta.AddTotals(point.Count - (before?.Count ?? 0), (point.Sum ?? 0) - (before?.Sum ?? 0), point.Min, point.Max);
    }

    // A client lowers the scale when its values spread; the earlier buckets then merge by powers of two.
    static IEnumerable<(int Index, long Count)> Less(ExponentialBuckets now, ExponentialBuckets? before, int scales)
    {
        var counts = new SortedDictionary<int, long>();
        for (var i = 0; i < now.Counts.Length; i++)
            counts[now.Offset + i] = now.Counts[i];
        for (var i = 0; i < (before?.Counts.Length ?? 0); i++)
        {
            var index = (before!.Offset + i) >> scales;
            counts[index] = counts.GetValueOrDefault(index) - before.Counts[i];
        }
        return counts.Select(pair => (pair.Key, pair.Value));
    }
}
