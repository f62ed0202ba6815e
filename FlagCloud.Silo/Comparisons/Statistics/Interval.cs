namespace FlagCloud.Silo.Comparisons.Statistics;

readonly record struct Interval(double Low, double High)
{
    public bool Overlaps(Interval other) => Low <= other.High && other.Low <= High;
}
