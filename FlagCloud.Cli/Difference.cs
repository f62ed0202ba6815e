using System.Text.Json.Nodes;

namespace FlagCloud.Cli;

/// <summary>Two comparisons, by the one rule: ratios round by round, and the interval of their median between two of them.</summary>
sealed record Difference(
    string A, string B, bool SameLuck, IReadOnlyList<TrialDifference> Trials, IReadOnlyList<string> OnlyInOne, IReadOnlyList<Unequal> Settings, IReadOnlyList<Unequal> Environment)
{
    public static Difference Of(Comparison a, Comparison b)
    {
        ILookup<string, Run> runsA = Counting(a), runsB = Counting(b);
        string[] both = [.. runsA.Select(group => group.Key).Where(runsB.Contains)];
        var settings = Unequal.Of(a.Settings, b.Settings);
        return new(
            a.Id, b.Id,
            SameLuck: !settings.Any(one => one.Name is "seed" or "profile" or "origin" or "countries"),
            [.. both.Select(name => TrialDifference.Of(name, [.. runsA[name]], [.. runsB[name]])).OfType<TrialDifference>()],
            OnlyInOne: [.. runsA.Concat(runsB).Select(group => group.Key).Distinct().Except(both)],
            settings, Unequal.Of(a.Environment, b.Environment));
    }

    /// <summary>Whether B is slower by more than a share of A's time, or it cannot be told that it is not.</summary>
    public bool Exceeds(double share) =>
        OnlyInOne is not [] || Trials.Any(one => one.Low is null || one.StoredB < one.StoredA || (one.Low > 1 && one.Ratio > 1 + share));

    static ILookup<string, Run> Counting(Comparison comparison) =>
        comparison.Runs.Where(run => run is { Counts: true, ElapsedSeconds: > 0 }).DistinctBy(run => (run.Name, run.Round)).ToLookup(run => run.Name);
}

/// <param name="Ratio">Median of B's seconds / A's, round by round.</param>
/// <param name="Low">Lower end of the 95 % interval; null for fewer than six rounds that both have.</param>
sealed record TrialDifference(string Name, int Rounds, double SecondsA, double SecondsB, double Ratio, double? Low, double? High, double StoredA, double StoredB)
{
    public string Verdict => this is { Low: { } low, High: { } high }
        ? $"{(low > 1 ? "B is slower" : high < 1 ? "B is faster" : "no difference shown")}; {Takes}, 95 % {Figures.Interval(low, high, Figures.Ratio)}."
        : $"{Takes} in the {Figures.Count(Rounds, "round")} that both have; {MedianInterval.FewestValues} give an interval.";

    string Takes => $"B takes {Figures.Ratio(Ratio)}x the time of A";

    public static TrialDifference? Of(string name, Run[] a, Run[] b)
    {
        Dictionary<int, double> secondsA = a.ToDictionary(run => run.Round, run => run.ElapsedSeconds);
        double[] ratios = [.. b.Where(run => secondsA.ContainsKey(run.Round)).Select(run => run.ElapsedSeconds / secondsA[run.Round])];
        if (ratios is []) return null;
        var interval = MedianInterval.Of(ratios);
        return new(name, ratios.Length, Seconds(a), Seconds(b), MedianInterval.Median(ratios), interval?.Low, interval?.High, Stored(a), Stored(b));
    }

    static double Seconds(Run[] runs) => MedianInterval.Median(runs.Select(run => run.ElapsedSeconds));
    static double Stored(Run[] runs) => (double)runs.Sum(run => run.Good) / runs.Sum(run => run.Requested);
}

sealed record Unequal(string Name, JsonNode? A, JsonNode? B)
{
    public static IReadOnlyList<Unequal> Of<T>(T a, T b)
    {
        var first = JsonSerializer.SerializeToNode(a, FlagCloudJson.Options)!.AsObject();
        var second = JsonSerializer.SerializeToNode(b, FlagCloudJson.Options)!.AsObject();
        return
        [
            .. first.Select(property => property.Key).Union(second.Select(property => property.Key))
                .Where(name => !JsonNode.DeepEquals(first[name], second[name]))
                .Select(name => new Unequal(name, first[name]?.DeepClone(), second[name]?.DeepClone())),
        ];
    }
}
