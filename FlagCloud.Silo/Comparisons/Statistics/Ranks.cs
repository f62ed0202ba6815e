namespace FlagCloud.Silo.Comparisons.Statistics;

/// <summary>How much two orders agree.</summary>
static class Ranks
{
    /// <summary>Spearman's rank correlation: 1 for the same order, -1 for the reverse, about 0 for unrelated ones; null for fewer than two.</summary>
    /// <param name="keys">Values, none twice, in the order that theirs is compared with.</param>
    public static double? Spearman(IReadOnlyList<int> keys)
    {
        if (keys.Count < 2) return null;
        var place = keys.Order().Index().ToDictionary(pair => pair.Item, pair => pair.Index);
        var squares = keys.Index().Sum(pair => Math.Pow(place[pair.Item] - pair.Index, 2));
        double n = keys.Count;
        return 1 - (6 * squares / (n * ((n * n) - 1)));
    }
}
