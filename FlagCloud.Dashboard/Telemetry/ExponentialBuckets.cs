namespace FlagCloud.Dashboard.Telemetry;

public sealed record ExponentialBuckets(int Offset, long[] Counts)
{
    public static ExponentialBuckets None { get; } = new(0, []);
}
