namespace FlagCloud.Silo.Comparisons.Statistics;

/// <summary>What the downloads of one run say of it.</summary>
static class RunFigures
{
    /// <summary>The time that no schedule of the same delays can beat, max(longest, sum / limit): one place must sit through the longest, and the places share the sum.</summary>
    /// <param name="delays">What the origin made each download wait, seconds.</param>
    public static double Ideal(IReadOnlyCollection<double> delays, int limit) =>
        delays.Count is 0 ? 0 : Math.Max(delays.Max(), delays.Sum() / limit);

    /// <param name="downloads">In the order of completion.</param>
    public static ResultOrder? Order(IEnumerable<Download> downloads)
    {
        Download[] finished = [.. downloads.Where(download => download.State is FutureState.Finished)];
        if (finished is []) return null;
        // Who takes results in the order of submission has the k-th only when all before it have come as well.
        var handedOn = new List<double>();
        foreach (var download in finished.OrderBy(download => download.SubmitIndex))
            handedOn.Add(Math.Max(download.EndedSeconds, handedOn is [] ? 0 : handedOn[^1]));
        var middle = (finished.Length - 1) / 2;
        return new(
            RankCorrelation([.. finished.Select(download => download.SubmitIndex)]),
            finished[0].EndedSeconds, finished[middle].EndedSeconds, finished[^1].EndedSeconds, handedOn[0], handedOn[middle]);
    }

    /// <summary>Where the stored flags spent their time, on average.</summary>
    public static PhaseSeconds? Phases(IEnumerable<Download> downloads)
    {
        Download[] stored = [.. downloads.Where(download => download.Outcome is Outcome.Ok)];
        return stored is [] ? null : new(
            stored.Average(one => one.StartedSeconds),
            stored.Average(one => one.HeadersSeconds!.Value - one.StartedSeconds),
            stored.Average(one => one.BodySeconds!.Value - one.HeadersSeconds!.Value),
            stored.Average(one => one.WorkedSeconds!.Value - one.BodySeconds!.Value),
            stored.Average(one => one.StoredSeconds!.Value - one.WorkedSeconds!.Value));
    }

    /// <summary>Spearman's: 1 for the same order, -1 for the reverse, about 0 for unrelated ones; null for fewer than two.</summary>
    /// <param name="keys">Values, none twice, in the order that theirs is compared with.</param>
    public static double? RankCorrelation(IReadOnlyList<int> keys)
    {
        if (keys.Count < 2) return null;
        var place = keys.Order().Index().ToDictionary(pair => pair.Item, pair => pair.Index);
        var squares = keys.Index().Sum(pair => Math.Pow(place[pair.Item] - pair.Index, 2));
        double n = keys.Count;
        return 1 - (6 * squares / (n * ((n * n) - 1)));
    }
}
