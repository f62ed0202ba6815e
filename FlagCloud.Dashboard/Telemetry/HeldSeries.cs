namespace FlagCloud.Dashboard.Telemetry;

/// <summary>A series as the store grows it, under the store's lock.</summary>
internal sealed record HeldSeries(Tag[] Attributes, Ring<MetricPoint> Points)
{
    public PointFate Add(MetricPoint point)
    {
        if (Points.Count > 0 && point.Time < Points[Points.Count - 1].Time) return PointFate.Refused;
        // A value that does not move is sent every second all the same; its first and its last time say it all.
        if (Points.Count >= 2 && point.Exemplars.Length == 0 && Points[Points.Count - 1].Exemplars.Length == 0
            && point.SaysTheSameAs(Points[Points.Count - 1]) && point.SaysTheSameAs(Points[Points.Count - 2]))
        {
            Points[Points.Count - 1] = point;
            return PointFate.Extended;
        }
        return Points.Add(point) ? PointFate.AddedForOldest : PointFate.Added;
    }

    public MetricSeries Snapshot(long since)
    {
        var from = Math.Max(0, CountBefore(since) - 1);
        var points = new MetricPoint[Points.Count - from];
        for (var i = 0; i < points.Length; i++)
            points[i] = Points[from + i];
        return new MetricSeries(Attributes, points);
    }

    public int CountBefore(long time)
    {
        int low = 0, high = Points.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Points[middle].Time < time) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
