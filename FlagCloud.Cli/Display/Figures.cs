using System.Globalization;

namespace FlagCloud.Cli.Display;

/// <summary>Figures with three or so digits that mean something.</summary>
static class Figures
{
    public static string Seconds(double seconds) => $"{Number(seconds)} s";

    public static string Number(double value) => value.ToString(
        Math.Abs(value) switch { >= 100 => "#,0", >= 10 => "0.0", >= 1 => "0.00", _ => "0.000" }, CultureInfo.InvariantCulture);

    public static string Ratio(double ratio) => ratio.ToString("0.00", CultureInfo.InvariantCulture);

    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.0} %");

    public static string Bytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes:#,0} B");

    public static string Interval(double? low, double? high, Func<double, string> figure) =>
        low is { } from && high is { } to ? $"{figure(from)}-{figure(to)}" : "";

    public static string Count(int count, string thing) => string.Create(CultureInfo.InvariantCulture, $"{count:#,0} {thing}{(count == 1 ? "" : "s")}");
}
