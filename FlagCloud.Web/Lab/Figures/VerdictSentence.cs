using System.Globalization;
using System.Text;
using FlagCloud.Contracts;
using FlagCloud.Silo.Comparisons.Statistics;

namespace FlagCloud.Silo.Components.Figures;

/// <summary>What a comparison says, in one sentence, by the same rule as <see cref="Conclusions"/>: only intervals that do not overlap are a difference.</summary>
static class VerdictSentence
{
    public static string Of(Comparison comparison) => comparison switch
    {
        { Status: ComparisonStatus.Cancelled } => "It was cancelled, so there is no verdict.",
        { Status: ComparisonStatus.Failed } => $"It failed, so there is no verdict: {comparison.Reason}",
        { Ended: false } => "It is still under way.",
        { Summary: [] } => "No round was measured, so there is no verdict.",
        { Summary: [var only] } => Invariant($"{only.Strategy} took {Seconds(only.MedianSeconds)} (median of {Rounds(only.Rounds)}); there is no other strategy to hold it against."),
        _ => Ranked([.. comparison.Summary.OrderBy(summary => summary.MedianSeconds)]) + Incomplete(comparison.Summary),
    };

    static string Ranked(StrategySummary[] ranked)
    {
        if (ranked.Any(summary => summary.CiLowSeconds is null))
            return Invariant($"{ranked[0].Strategy} had the lowest median ({Seconds(ranked[0].MedianSeconds)}), but fewer than {Bootstrap.FewestValues} rounds cannot tell a difference from luck: ask for more.");
        var groups = Groups(ranked);
        if (groups.Count is 1) return $"No difference is shown between {Join(ranked)}: their 95 % intervals overlap.";
        var text = new StringBuilder(Join(groups[0]));
        text.Append(groups[0].Count is 1 ? " is " : " are ");
        text.AppendJoin(" and ", groups.Skip(1).Select(group => $"{Times(groups[0], group)} times as fast as {Join(group)}"));
        if (groups.FirstOrDefault(group => group.Count > 1) is { } tied)
            text.Append($"; between {Join(tied)} no difference is shown");
        return text.Append('.').ToString();
    }

    // By the medians; of several strategies that cannot be told apart, from the least ratio to the largest.
    static string Times(List<StrategySummary> fast, List<StrategySummary> slow)
    {
        var least = Invariant($"{slow.Min(summary => summary.MedianSeconds) / fast.Max(summary => summary.MedianSeconds):0.0}");
        var most = Invariant($"{slow.Max(summary => summary.MedianSeconds) / fast.Min(summary => summary.MedianSeconds):0.0}");
        return least == most ? least : $"{least} to {most}";
    }

    // Neighbours whose intervals overlap cannot be told apart.
    static List<List<StrategySummary>> Groups(StrategySummary[] ranked)
    {
        var groups = new List<List<StrategySummary>> { new() { ranked[0] } };
        foreach (var summary in ranked.Skip(1))
            if (groups[^1].Any(other => Of(other).Overlaps(Of(summary)))) groups[^1].Add(summary);
            else groups.Add([summary]);
        return groups;
    }

    static string Incomplete(IReadOnlyList<StrategySummary> summaries) =>
        summaries.Where(summary => summary.SuccessRate < 1).ToArray() is { Length: > 0 } missed
            ? Invariant($" Not every flag was stored: {string.Join(", ", missed.Select(summary => Invariant($"{summary.Strategy} {summary.SuccessRate:P1}")))}.")
            : "";

    static Interval Of(StrategySummary summary) => new(summary.CiLowSeconds!.Value, summary.CiHighSeconds!.Value);

    static string Join(IEnumerable<StrategySummary> summaries) => string.Join(" and ", summaries.Select(summary => summary.Strategy));

    static string Rounds(int rounds) => rounds is 1 ? "1 round" : Invariant($"{rounds} rounds");

    static string Seconds(double seconds) => Invariant($"{seconds:0.000} s");

    static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
