namespace FlagCloud.Silo.Comparisons.Statistics;

/// <summary>
/// How many times as long one trial takes as another: the median of the ratios round by round, and its interval. Paired, for within a round both met the same delays, so that
/// their ratio does not carry the luck of the draw. The one rule of every verdict: they differ if the interval excludes 1.
/// </summary>
readonly record struct PairedRatio(double? Median, MedianInterval? Interval, int Rounds)
{
    public static PairedRatio Of(IEnumerable<Run> slow, IEnumerable<Run> fast)
    {
        double[] ratios = [.. slow.Join(fast, run => run.Round, run => run.Round, (one, other) => one.ElapsedSeconds / other.ElapsedSeconds)];
        return ratios is [] ? default : new(MedianInterval.Median(ratios), MedianInterval.Of(ratios), ratios.Length);
    }

    public bool Differs => Interval is { } interval && (interval.Low > 1 || interval.High < 1);
}
