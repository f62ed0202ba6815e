using static System.FormattableString;

namespace FlagCloud.Silo.Comparisons.Statistics;

/// <summary>What may be said of the strategies, and no more. The first sentence is the verdict, the others are the pairs that it rests on.</summary>
static class Conclusions
{
    public static IReadOnlyList<string> Of(IReadOnlyList<Run> runs, IReadOnlyList<StrategySummary> summaries)
    {
        if (summaries is []) return [];
        var measured = runs.Where(run => run.Counts).ToLookup(run => run.Name);
        StrategySummary[] ranked = [.. summaries.OrderBy(summary => summary.MedianSeconds)];
        Pair[] pairs = [.. ranked.SelectMany((fast, place) => ranked.Skip(place + 1)
            .Select(slow => new Pair(fast.Name, slow.Name, Estimate.OfRatio(measured[slow.Name], measured[fast.Name]))))];
        var verdict = Verdict(ranked, pairs) + Incomplete(ranked);
        return pairs.Length > 1 ? [verdict, .. pairs.Select(pair => pair.Sentence())] : [verdict];
    }

    static string Verdict(StrategySummary[] ranked, Pair[] pairs)
    {
        if (ranked is [var only]) return Invariant($"{only.Name} took {only.MedianSeconds:0.000} s{Rounds(only.Rounds)}; there is nothing to hold it against.");
        // Against the slowest, which is what a reader compares with: sequential, if it was run.
        var slowest = ranked.FirstOrDefault(summary => summary.Name is Summaries.Baseline)?.Name ?? ranked[^1].Name;
        Pair[] against = [.. pairs.Where(pair => pair.Slow == slowest)];
        if (against is []) return pairs[0].Sentence();
        if (against[0].Ratio is { Interval: null } few)
            return string.Join(", ", against.Select(pair => Invariant($"{pair.Fast} {pair.Ratio.Median:0.00}x")))
                + $" as fast as {slowest}{Rounds(few.Rounds)}; {ComparisonSettings.FewestForIntervals} rounds give an interval.";
        var faster = against.Where(pair => pair.Ratio.Differs).ToArray();
        List<string> parts = faster is [] ? [] : [string.Join(", ", faster.Select(pair => $"{pair.Fast} {pair.Text()}")) + $" as fast as {slowest}"];
        parts.AddRange(pairs.Where(pair => !pair.Ratio.Differs).Select(pair => $"between {pair.Fast} and {pair.Slow} no difference is shown"));
        return string.Join("; ", parts) + ".";
    }

    static string Rounds(int rounds) => rounds is 1 ? " in the one round measured" : $" in {rounds} rounds";

    static string Incomplete(StrategySummary[] ranked)
    {
        var missed = ranked.Where(summary => summary.SuccessRate < 1).Select(summary => Invariant($"{summary.Name} {summary.SuccessRate * 100:0.0} %")).ToArray();
        return missed is [] ? "" : $" Not every flag was stored, so that times are not those of the whole work: {string.Join(", ", missed)}.";
    }

    sealed record Pair(string Fast, string Slow, Estimate Ratio)
    {
        public string Sentence() => Ratio switch
        {
            { Rounds: 0 } => $"{Fast} and {Slow}: no round was measured with both.",
            { Interval: null } => $"{Fast} and {Slow}: {Text()}{Rounds(Ratio.Rounds)}; {ComparisonSettings.FewestForIntervals} rounds give an interval.",
            { Differs: true } => $"{Fast} is {Text()} as fast as {Slow}.",
            _ => $"{Fast} and {Slow}: no difference shown ({Text()}).",
        };

        public string Text() => Invariant($"{Ratio.Median:0.00}x") + (Ratio.Interval is { } interval ? Invariant($" ({interval.Low:0.00} to {interval.High:0.00})") : "");
    }
}
