using FlagCloud.Origin.Profiles;

namespace FlagCloud.Tests.Origin;

public sealed class DrawsTests
{
    const int Samples = 20_000;

    public static TheoryData<string> Names => [.. Profile.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Of_stays_within_the_profile(string name)
    {
        var profile = Profile.All[name];
        var draws = Sample(profile);

        Assert.All(draws, draw => Assert.True(
            draw.Delay == profile.StragglerDelay || (draw.Delay >= profile.MinDelay && draw.Delay <= profile.MaxDelay), $"{draw}"));
        Assert.All(draws, draw => Assert.True(draw.Fault == Fault.None || draw.Fault == profile.Fault, $"{draw}"));
        // Five standard deviations of the frequency of a fair draw.
        Assert.InRange(Frequency(draws, draw => draw.Fault != Fault.None), Low(profile.FaultProbability), High(profile.FaultProbability));
        Assert.InRange(
            Frequency(draws, draw => profile.StragglerProbability > 0 && draw.Delay == profile.StragglerDelay),
            Low(profile.StragglerProbability), High(profile.StragglerProbability));
    }

    [Fact]
    public void Delays_are_uniform()
    {
        var profile = Profile.All["delay"];
        var tenths = Sample(profile).CountBy(draw => (int)(10 * ((draw.Delay - profile.MinDelay) / (profile.MaxDelay - profile.MinDelay)))).ToDictionary();

        Assert.Equal(Enumerable.Range(0, 10), tenths.Keys.Order());
        Assert.All(tenths.Values, count => Assert.InRange((double)count / Samples, Low(0.1), High(0.1)));
    }

    [Fact]
    public void Fault_does_not_depend_on_delay()
    {
        var draws = Sample(Profile.All["error"]);
        var middle = TimeSpan.FromSeconds(2.75);

        Assert.InRange(Frequency([.. draws.Where(d => d.Delay < middle)], d => d.Fault == Fault.Teapot), 0.23, 0.27);
        Assert.InRange(Frequency([.. draws.Where(d => d.Delay >= middle)], d => d.Fault == Fault.Teapot), 0.23, 0.27);
    }

    [Fact]
    public void Retry_after_is_at_times_0_and_at_times_1() => Assert.Equal(
        [0, 1], Sample(Profile.All["flaky"]).Where(d => d.Fault == Fault.Unavailable).Select(d => d.RetryAfterSeconds).Distinct().Order());

    [Fact]
    public void Of_depends_on_seed_country_attempt_and_subject_only()
    {
        var profile = Profile.All["error"];
        var draw = Draws.Of(profile, 1, "br", 1);

        Assert.Equal(draw, Draws.Of(profile, 1, "br", 1));
        Assert.NotEqual(draw, Draws.Of(profile, 2, "br", 1));
        Assert.NotEqual(draw, Draws.Of(profile, 1, "cn", 1));
        Assert.NotEqual(draw, Draws.Of(profile, 1, "br", 2));
        Assert.NotEqual(draw, Draws.Of(profile, 1, "br", 1, Subject.Metadata));
        // Error is delay with faults: the delays of one are those of the other.
        Assert.Equal(draw.Delay, Draws.Of(Profile.All["delay"], 1, "br", 1).Delay);
    }

    [Fact]
    public void Of_never_changes_between_versions()
    {
        // From the first 53 bits of the SHA-256 of "Flag|delay|42|br|3", worked out elsewhere.
        const double Uniform = 0.7183298338426001;

        Assert.Equal(0.5 + (4.5 * Uniform), Draws.Of(Profile.All["delay"], 42, "br", 3).Delay.TotalSeconds, 6);
    }

    static Draw[] Sample(Profile profile) => [.. Enumerable.Range(1, Samples).Select(attempt => Draws.Of(profile, 1, "br", attempt))];

    static double Frequency(Draw[] draws, Func<Draw, bool> condition) => (double)draws.Count(condition) / draws.Length;

    static double Low(double probability) => probability - Margin(probability);

    static double High(double probability) => probability + Margin(probability);

    static double Margin(double probability) => 5 * Math.Sqrt(probability * (1 - probability) / Samples);
}
