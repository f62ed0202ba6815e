using FlagCloud.Silo.Comparisons.Statistics;

namespace FlagCloud.Tests.Statistics;

public sealed class SummariesTests
{
    [Fact]
    public void Warmup_and_cancelled_runs_are_left_out()
    {
        var summary = Assert.Single(Summaries.Of([Runs.Of("async", 0, 100), Runs.Of("async", 1, 2), Runs.Of("async", 2, 0.1, ok: 3, cancelled: 17)]));

        Assert.Equal((1, 2.0), (summary.Rounds, summary.MedianSeconds));
        Assert.Null(summary.CiLowSeconds);
    }

    [Fact]
    public void Speedup_is_the_median_of_the_paired_ratios()
    {
        var summaries = Summaries.Of(
        [
            .. Runs.Rounds("sequential", 10, 20, 30, 40, 12, 35), .. Runs.Rounds("async", 1, 4, 5, 5, 4, 5),
        ]);

        // Ratios 10, 5, 6, 8, 3, 7: median 6.5. The ratio of the medians would be 25 / 4.5 = 5.6.
        var fanOut = summaries.Single(summary => summary.Strategy == "async");
        Assert.Equal((6.5, 3.0, 10.0), (fanOut.Speedup, fanOut.SpeedupCiLow, fanOut.SpeedupCiHigh));
        var sequential = summaries.Single(summary => summary.Strategy == "sequential");
        Assert.Equal((1.0, null, null), (sequential.Speedup, sequential.SpeedupCiLow, sequential.SpeedupCiHigh));
    }

    [Fact]
    public void Cpu_time_is_what_the_run_caused_and_not_told_where_most_of_it_was_compilation()
    {
        var compiled = Runs.Of("async", 1, 1) with { ProcessCpuSeconds = 1, CompilationSeconds = 0.6 }; // By the clock: of the CPU it may have been far less.
        var warm = Runs.Of("async", 2, 1) with { ProcessCpuSeconds = 0.5, CompilationSeconds = 0.125, BackgroundCpuSeconds = 0.25 };
        var next = Runs.Of("async", 2, 1) with { ProcessCpuSeconds = 0.5, BackgroundCpuSeconds = 0.6 };

        Assert.Equal((null, 0.125, null), (compiled.CpuSeconds, warm.CpuSeconds, next.CpuSeconds));
        Assert.Null(Assert.Single(Summaries.Of([compiled])).CpuSeconds);
        Assert.Equal(0.125, Assert.Single(Summaries.Of([compiled, warm])).CpuSeconds);
    }

    [Fact]
    public void Speedup_is_unknown_without_the_baseline() => Assert.Null(Assert.Single(Summaries.Of([Runs.Of("async", 1, 1)])).Speedup);

    [Fact]
    public void Rank_follows_goodput_and_not_duration()
    {
        // 35 flags in 6.5 s is less than 113 in 18.5 s: the ancestor's own figures for a limit that is too high.
        var summaries = Summaries.Of([Runs.Of("threaded", 1, 6.5, ok: 35, errors: 641), Runs.Of("async", 1, 18.5, ok: 113, errors: 563)]);

        Assert.Equal(["async", "threaded"], summaries.Select(summary => summary.Strategy));
        Assert.Equal(113 / 18.5, summaries[0].GoodputPerSecond, 9);
        Assert.Equal(113.0 / 676, summaries[0].SuccessRate, 9);
    }

    [Fact]
    public void Efficiency_is_ideal_by_achieved() => Assert.Equal(0.9, Assert.Single(Summaries.Of([Runs.Of("async", 1, 2, ideal: 1.8)])).Efficiency, 9);
}
