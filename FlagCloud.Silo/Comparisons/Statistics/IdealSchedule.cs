namespace FlagCloud.Silo.Comparisons.Statistics;

/// <summary>The time that no schedule of the same delays can beat.</summary>
static class IdealSchedule
{
    /// <summary>max(longest, sum / limit): one place must sit through the longest delay, and the places share the sum.</summary>
    /// <param name="delays">What the origin made each download wait, seconds.</param>
    public static double LowerBound(IReadOnlyCollection<double> delays, int limit) =>
        delays.Count is 0 ? 0 : Math.Max(delays.Max(), delays.Sum() / limit);
}
