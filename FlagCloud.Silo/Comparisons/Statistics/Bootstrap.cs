namespace FlagCloud.Silo.Comparisons.Statistics;

/// <summary>Medians and their intervals.</summary>
static class Bootstrap
{
    /// <summary>
    /// With fewer values no interval of a median can hold 95 %: even from the least to the largest of four, it covers 1 - 2 / 2^4 = 87.5 %.
    /// </summary>
    public const int FewestValues = 5;

    const int Resamples = 10_000;

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        if (sorted.Length is 0) throw new ArgumentException("The median of no values is not defined.", nameof(values));
        var middle = sorted.Length / 2;
        return sorted.Length % 2 is 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// <summary>95 % percentile-bootstrap interval of the median (Efron 1979); null for fewer than <see cref="FewestValues"/>.</summary>
    /// <remarks>The resampling is seeded: the same values always give the same interval.</remarks>
    public static Interval? OfMedian(IReadOnlyList<double> values)
    {
        if (values.Count < FewestValues) return null;
        var random = new Random(values.Count);
        var medians = new double[Resamples];
        var resample = new double[values.Count];
        for (var i = 0; i < Resamples; i++)
        {
            for (var j = 0; j < resample.Length; j++) resample[j] = values[random.Next(values.Count)];
            medians[i] = Median(resample);
        }
        Array.Sort(medians);
        return new(medians[(int)(0.025 * Resamples)], medians[(int)(0.975 * Resamples)]);
    }
}
