using System.Runtime.InteropServices;

namespace FlagCloud.Dashboard.Queries;

/// <summary>How recorded values spread: counts by bucket, of any bounds, and what is known besides.</summary>
internal sealed class Distribution
{
    readonly Dictionary<(double Lower, double Upper), long> _buckets = [];
    List<KeyValuePair<(double Lower, double Upper), long>>? _sorted;

    public long Count { get; private set; }
    public double Sum { get; private set; }
    public double Min { get; private set; } = double.PositiveInfinity;
    public double Max { get; private set; } = double.NegativeInfinity;
    public double? Mean => Count > 0 ? Sum / Count : null;

    public void Add(double lower, double upper, long count)
    {
        if (count <= 0) return;
        CollectionsMarshal.GetValueRefOrAddDefault(_buckets, (lower, upper), out _) += count;
        _sorted = null;
    }

    public void AddTotals(long count, double sum, double? min, double? max)
    {
        Count += count;
        Sum += sum;
        Min = Math.Min(Min, min ?? double.PositiveInfinity);
        Max = Math.Max(Max, max ?? double.NegativeInfinity);
    }

    public void Add(Distribution other)
    {
        foreach (var ((lower, upper), count) in other._buckets)
            Add(lower, upper, count);
        AddTotals(other.Count, other.Sum, other.Min, other.Max);
    }

    /// <summary>
    /// The value below which the share lies, taken as evenly spread within its bucket; null when nothing was recorded, or without
    /// buckets. The open ends reach to the smallest and largest value where the client sent them, else to zero and the last bound.
    /// </summary>
    public double? Quantile(double share)
    {
        if (_buckets.Count == 0) return null;
        _sorted ??= [.. _buckets.OrderBy(bucket => bucket.Key.Upper).ThenBy(bucket => bucket.Key.Lower)];
        var rank = share * _sorted.Sum(bucket => bucket.Value);
        var below = 0L;
        foreach (var ((lower, upper), count) in _sorted)
        {
            if (below + count >= rank) return Within(lower, upper, (rank - below) / count);
            below += count;
        }
        return Within(_sorted[^1].Key.Lower, _sorted[^1].Key.Upper, 1);
    }

    double Within(double lower, double upper, double part)
    {
        if (double.IsNegativeInfinity(lower)) lower = double.IsFinite(Min) ? Math.Min(Min, upper) : Math.Min(0, upper);
        if (double.IsPositiveInfinity(upper)) upper = double.IsFinite(Max) ? Math.Max(Max, lower) : lower;
        var value = lower + part * (upper - lower);
        return double.IsFinite(Max) && double.IsFinite(Min) ? Math.Clamp(value, Min, Max) : value;
    }
}
