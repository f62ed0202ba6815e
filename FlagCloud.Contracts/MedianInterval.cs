namespace FlagCloud.Contracts;

/// <summary>The interval of a median between two of the values themselves (the sign test's), which assumes nothing about how they are distributed.</summary>
public sealed record MedianInterval(double Low, double High)
{
    /// <summary>With fewer values not even the least and the largest enclose the median with 95 % probability: 1 - 2 / 2^6 = 96.9 %, but 1 - 2 / 2^5 = 93.8 %.</summary>
    public const int FewestValues = 6;

    /// <returns>The narrowest such interval that encloses the median with at least 95 % probability; null for fewer than <see cref="FewestValues"/>.</returns>
    public static MedianInterval? Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        var n = sorted.Length;
        if (n < FewestValues) return null;
        // The k-th least is above the median as often as fewer than k of n coins show heads. In logarithms, since of many coins none nearly never does.
        var (outside, heads, k) = (0.0, n * Math.Log(0.5), 0);
        for (; 2 * (outside + Math.Exp(heads)) <= 0.05; k++)
        {
            outside += Math.Exp(heads);
            heads += Math.Log((n - k) / (k + 1.0));
        }
        return new(sorted[k - 1], sorted[n - k]);
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        if (sorted is []) throw new ArgumentException("The median of no values is not defined.", nameof(values));
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2; // Of an odd number both are the middle one.
    }
}
