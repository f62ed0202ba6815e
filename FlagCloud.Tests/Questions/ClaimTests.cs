using FlagCloud.Contracts;
using FlagCloud.Silo.Comparisons.Statistics;
using FlagCloud.Silo.Questions;

namespace FlagCloud.Tests.Questions;

/// <summary>What makes a verdict, and how often it is wrong.</summary>
public sealed class ClaimTests
{
    const int Least = MedianInterval.FewestValues, Most = 15, Experiments = 600;

    [Theory]
    [InlineData(1.2, 1.4, VerdictKind.Holds)]
    [InlineData(0.8, 0.9, VerdictKind.DoesNotHold)]
    [InlineData(0.9, 1.2, VerdictKind.CannotBeTold)] // It overlaps the bound.
    public void Verdict_takes_the_whole_interval_on_one_side(double low, double high, VerdictKind expected) =>
        Assert.Equal(expected, Claim.AtLeast("", new((low + high) / 2, new(low, high)), "x", 1.1).Kind);

    [Fact]
    public void Without_an_interval_nothing_can_be_told() => Assert.Equal(VerdictKind.CannotBeTold, Claim.AtLeast("", Estimate.Of([9, 9, 9, 9, 9]), "x", 1).Kind);

    [Fact]
    public void One_claim_that_does_not_hold_refutes_all()
    {
        var (good, bad, open) = (Of(2, 3), Of(0, 0.5), Of(0.5, 2));

        Assert.Equal(VerdictKind.Holds, new Finding([good, good], "yes").Verdict().Kind);
        Assert.Equal(VerdictKind.CannotBeTold, new Finding([good, open], "yes").Verdict().Kind);
        Assert.Equal(VerdictKind.DoesNotHold, new Finding([good, open, bad], "yes").Verdict().Kind);
        Assert.Equal("a: measured 1.25x (0.50 to 2.00), expected at least 1 x; the interval does not decide it.", new Finding([good, open], "yes").Verdict().Sentence);
        Assert.EndsWith("expected at least 1 x; there is no interval yet.", new Finding([Claim.AtLeast("a", new(1.25, null), "x", 1)], "yes").Verdict().Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.03)]
    [InlineData(0.1)]
    [InlineData(0.3)]
    public void Without_an_effect_a_difference_is_found_in_no_more_than_5_percent(double noise)
    {
        // The ratio of two trials that do not differ, with rounds chosen by the interval's width, as an experiment chooses them.
        var found = Run(noise, effect: 1, seed: 11).Count(estimate =>
            Claim.AtLeast("", estimate, "x", Above(1)).Kind is VerdictKind.Holds || Claim.AtMost("", estimate, "x", Below(1)).Kind is VerdictKind.Holds);

        Assert.InRange(found, 0, (int)(0.05 * Experiments));
    }

    [Theory]
    [InlineData(0.03, 1.1)]
    [InlineData(0.1, 1.5)]
    public void Known_effect_is_found_nearly_always(double noise, double effect)
    {
        var estimates = Run(noise, effect, seed: 12);

        Assert.InRange(estimates.Count(estimate => Claim.AtLeast("", estimate, "x", Above(1)).Kind is VerdictKind.Holds), (int)(0.95 * Experiments), Experiments);
        Assert.Equal(effect, MedianInterval.Median(estimates.Select(estimate => estimate.Median)), 1);
    }

    [Fact]
    public void Pairing_takes_out_what_both_trials_met()
    {
        // Rounds differ by a factor of four, the trials within a round by 1.2: only the ratio within the round shows it.
        var random = new Random(13);
        double[] luck = [.. Enumerable.Range(0, 8).Select(_ => 1 + (3 * random.NextDouble()))];
        var record = new Comparison
        {
            Id = "", Status = ComparisonStatus.Running, CreatedAt = default, Settings = new(), Trials = [new("slow", new() { Strategies = ["async"] }), new("fast", new() { Strategies = ["async"] })],
            Environment = new() { Machine = "", OperatingSystem = "", Cores = 2, Runtime = "", GcMode = "", BuildConfiguration = "", Origin = "", Storage = "", Silos = [] },
            Runs =
            [
                .. Statistics.Runs.Rounds("async", [.. luck.Select(seconds => 1.2 * seconds)]).Select(run => run with { Trial = "slow" }),
                .. Statistics.Runs.Rounds("async", luck).Select(run => run with { Trial = "fast" }),
            ],
        };
        var evidence = new Evidence(record);

        Assert.Equal(VerdictKind.Holds, Claim.AtLeast("", evidence.Speedup("fast", "slow"), "x", 1.19).Kind);
        Assert.True(evidence.Of("fast", run => run.ElapsedSeconds).Interval!.High > evidence.Of("slow", run => run.ElapsedSeconds).Interval!.Low);
    }

    static Claim Of(double low, double high) => Claim.AtLeast("a", new((low + high) / 2, new(low, high)), "x", 1);

    static double Above(double value) => Math.BitIncrement(value);

    static double Below(double value) => Math.BitDecrement(value);

    static List<Estimate> Run(double noise, double effect, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Experiments).Select(_ => Experiment(random, noise, effect))];
    }

    static Estimate Experiment(Random random, double noise, double effect)
    {
        var ratios = new List<double>();
        while (true)
        {
            ratios.Add(effect * Math.Exp(noise * (Normal(random) - Normal(random))));
            if (ratios.Count < Least) continue;
            var estimate = Estimate.Of(ratios);
            if (ratios.Count == Most || estimate.HalfSpan <= 0.1 * estimate.Median) return estimate;
        }
    }

    static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
