namespace FlagCloud.Components.Charts;

/// <summary>How values are spread. <see cref="Name"/> also chooses the colour.</summary>
public sealed record SpreadRow(string Name, int Count, double P5, double P25, double P50, double P75, double P90, double P95, double P99, double Most)
{
    /// <summary>Null for no values.</summary>
    public static SpreadRow? Of(string name, IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        if (sorted is []) return null;
        // Linear between the two nearest values, as NumPy does it by default.
        double At(double part)
        {
            var place = part * (sorted.Length - 1);
            var (low, high) = ((int)Math.Floor(place), (int)Math.Ceiling(place));
            return sorted[low] + (sorted[high] - sorted[low]) * (place - low);
        }
        return new(name, sorted.Length, At(.05), At(.25), At(.5), At(.75), At(.9), At(.95), At(.99), sorted[^1]);
    }
}
