using System.Globalization;

namespace FlagCloud.Dashboard.Telemetry;

/// <summary>Nanoseconds since 1970, OTLP's clock, and .NET's, whose tick is 100 of them.</summary>
public static class UnixNano
{
    public const long PerSecond = 1_000_000_000;

    public static long Of(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) * 100;

    public static DateTimeOffset ToTime(long nanos) => DateTimeOffset.UnixEpoch.AddTicks(Math.Max(0, nanos) / 100);

    /// <summary>A duration as a person reads it: three digits and the unit that fits, ns to h.</summary>
    public static string Readable(long nanos) => Math.Abs(nanos) switch
    {
        < 1_000 => Digits(nanos, 1, "ns"),
        < 1_000_000 => Digits(nanos, 1e3, "µs"),
        < PerSecond => Digits(nanos, 1e6, "ms"),
        < 60 * PerSecond => Digits(nanos, 1e9, "s"),
        < 3600 * PerSecond => Digits(nanos, 60e9, "min"),
        _ => Digits(nanos, 3600e9, "h"),
    };

    static string Digits(long nanos, double unit, string name)
    {
        var value = nanos / unit;
        var format = Math.Abs(value) switch { < 10 => "0.##", < 100 => "0.#", _ => "0" };
        return value.ToString(format, CultureInfo.InvariantCulture) + " " + name;
    }
}
