using FlagCloud.Dashboard.Queries;
using FlagCloud.Dashboard.Telemetry;
using FlagCloud.Dashboard.Wire;
using static FlagCloud.Tests.Dashboard.OtlpRequests;

namespace FlagCloud.Tests.Dashboard;

public sealed class MetricQueryTests
{
    readonly TelemetryStore _store = new(new(), TimeProvider.System);

    [Fact]
    public void Cumulative_counter_is_one_series_per_tag_value_and_counts_what_was_added_in_each_step()
    {
        _store.Add(Metrics("silo", Counter("flags", (1, 10, "async"), (2, 25, "async"), (1, 1, "threaded"), (3, 4, "threaded"))));

        var chart = Run("flags", "strategy", Aggregate.Rate);

        Assert.Equal(["async", "threaded"], chart.Lines.Select(line => line.Name));
        Assert.Equal([null, 10, 15, null, null], chart.Lines[0].Values);
        Assert.Equal([null, 1, null, 3, null], chart.Lines[1].Values);
        Assert.Equal([25, 4], chart.Groups.Select(group => group.Total));
        Assert.Equal(["async", "threaded"], chart.Tags["strategy"]);
    }

    [Fact]
    public void Total_runs_on_through_steps_without_a_point()
    {
        _store.Add(Metrics("silo", Counter("flags", (1, 10, "async"), (3, 12, "async"))));

        Assert.Equal([null, 10, 10, 12, 12], Run("flags", null, Aggregate.Total).Lines.Single().Values);
    }

    [Fact]
    public void Counter_that_began_anew_counts_from_zero_again()
    {
        var again = Counter("flags", (3, 4, "async"));
        again.Sum.DataPoints[0].StartTimeUnixNano = (ulong)(T0 + 2_500_000_000);
        _store.Add(Metrics("silo", Counter("flags", (1, 10, "async"), (2, 25, "async"))));
        _store.Add(Metrics("silo", again));

        Assert.Equal(29, Run("flags", "strategy", Aggregate.Rate).Groups.Single().Total);
    }

    [Fact]
    public void What_was_counted_before_the_window_is_not_counted_in_it()
    {
        _store.Add(Metrics("silo", Counter("flags", (1, 100, "async"), (2, 101, "async"), (4, 103, "async"))));

        var chart = new MetricQuery("tests", "flags") { From = T0 + 2_000_000_000, To = T0 + 5_000_000_000, Steps = 3 }.Run(_store.Metrics)!;

        Assert.Equal(3, chart.Groups.Single().Total);
    }

    [Theory]
    [InlineData(Temporality.Delta)]
    [InlineData(Temporality.Cumulative)]
    public void Percentiles_come_from_what_each_step_added(Temporality sent)
    {
        var temporality = (AggregationTemporality)sent;
        ulong[] first = [100, 0, 0, 0], added = [0, 0, 100, 0];
        var second = temporality == AggregationTemporality.Delta ? added : [100UL, 0, 100, 0];
        _store.Add(Metrics("silo", Histogram("duration", temporality, (1, first, "async"), (2, second, "async"))));

        var chart = Run("duration", null, Aggregate.P50);

        Assert.Equal([null, 0.5, 2.5, null, null], chart.Lines.Single().Values);
        var whole = chart.Groups.Single();
        Assert.Equal((200L, 1.0), (whole.Count, whole.P50));
        Assert.Equal(2.8, whole.P90!.Value, 9);
        Assert.Equal(2.98, whole.P99!.Value, 9);
    }

    [Fact]
    public void Histogram_alone_shows_three_percentiles_and_grouped_shows_one_for_each_value()
    {
        _store.Add(Metrics("silo", Histogram("duration", AggregationTemporality.Delta, (1, [10, 0], "async"), (1, [0, 10], "threaded"))));

        Assert.Equal(["P50", "P90", "P99"], Run("duration", null, null).Lines.Select(line => line.Name));
        Assert.Equal(["async", "threaded"], Run("duration", "strategy", null).Lines.Select(line => line.Name));
        Assert.Equal(Aggregate.P90, Run("duration", "strategy", null).Aggregate);
    }

    [Fact]
    public void Replicas_are_added_up_and_can_be_told_apart()
    {
        foreach (var instance in new[] { "one", "two" })
        {
            var request = Metrics("silo", Counter("flags", (1, 5, "async")));
            request.ResourceMetrics[0].Resource = Resource("silo", instance);
            _store.Add(request);
        }

        Assert.Equal(10, Run("flags", null, null).Groups.Single().Total);
        Assert.Equal(["silo-one", "silo-two"], Run("flags", MetricQuery.ByInstance, null).Groups.Select(group => group.Name));
    }

    [Fact]
    public void Exponential_buckets_are_read_at_their_scale_also_when_it_is_lowered()
    {
        // Scale 0: bucket i is (2^i, 2^(i+1)]. Scale 1 has two buckets in each of them.
        _store.Add(Metrics("silo", Exponential((1, 1, 0, [1, 1, 0, 0]), (2, 0, 0, [2, 4]))));

        var chart = Run("exponential", null, Aggregate.P99);

        var last = chart.Lines.Single().Values[2]!.Value;
        Assert.InRange(last, 3.9, 4);
        Assert.Equal(6, chart.Groups.Single().Count);
    }

    [Fact]
    public void Gauge_holds_its_value_between_points_and_ends_with_its_last()
    {
        var gauge = new Metric { Name = "memory", Gauge = new Gauge() };
        foreach (var (second, value) in new[] { (0, 5.0), (2, 7) })
            gauge.Gauge.DataPoints.Add(new NumberDataPoint { TimeUnixNano = (ulong)(T0 + second * 1_000_000_000L), AsDouble = value });
        _store.Add(Metrics("silo", gauge));

        Assert.Equal([5, 5, 7, null, null], Run("memory", null, null).Lines.Single().Values);
    }

    [Fact]
    public void Value_that_does_not_move_is_held_as_its_first_and_last_point()
    {
        for (var second = 1; second <= 1000; second++)
            _store.Add(Metrics("silo", Counter("flags", (second, 5, "async"))));

        var points = _store.Metrics.Read(_ => true).Single().Series.Single().Points;
        Assert.Equal([T0 + 1_000_000_000L, T0 + 1000_000_000_000L], points.Select(point => point.Time));
    }

    [Fact]
    public void Points_beyond_the_limits_let_the_oldest_go()
    {
        var store = new TelemetryStore(new TelemetryLimits { PointsPerSeries = 10, Points = 15 }, TimeProvider.System);
        store.Add(Metrics("silo", Counter("flags", Enumerable.Range(1, 12).Select(i => ((long)i, (long)i, "async")))));
        Assert.Equal(new Held(10, 2, 15), store.Metrics.Points);

        store.Add(Metrics("silo", Counter("flags", Enumerable.Range(5, 10).Select(i => ((long)i, (long)i, "threaded")))));
        Assert.InRange(store.Metrics.Points.Count, 10, 15);
        Assert.True(store.Metrics.Points.Evicted >= 7);
        Assert.Equal(T0 + 14_000_000_000L, store.Metrics.Read(_ => true).Single().Series.Max(series => series.Points[^1].Time));
    }

    [Fact]
    public void Point_older_than_its_series_is_refused_and_said_so()
    {
        _store.Add(Metrics("silo", Counter("flags", (5, 10, "async"))));

        var intake = _store.Add(Metrics("silo", Counter("flags", (4, 9, "async"))));

        Assert.Equal((0, 1), (intake.Accepted, intake.Rejected));
        Assert.Contains("older", intake.Message);
    }

    MetricChart Run(string name, string? by, Aggregate? aggregate) => new MetricQuery("tests", name)
    {
        From = T0, To = T0 + 5_000_000_000, Steps = 5, GroupBy = by, Aggregate = aggregate,
    }.Run(_store.Metrics)!;

    static Metric Exponential(params (long Second, int Scale, int Offset, ulong[] Counts)[] points) => new()
    {
        Name = "exponential",
        ExponentialHistogram = new ExponentialHistogram
        {
            AggregationTemporality = AggregationTemporality.Cumulative,
            DataPoints = { points.Select(point => new ExponentialHistogramDataPoint
            {
                StartTimeUnixNano = (ulong)T0,
                TimeUnixNano = (ulong)(T0 + point.Second * 1_000_000_000),
                Scale = point.Scale,
                Count = point.Counts.Aggregate(0UL, (sum, count) => sum + count),
                Positive = new() { Offset = point.Offset, BucketCounts = { point.Counts } },
            }) },
        },
    };
}
