using System.Globalization;
using FlagCloud.Dashboard.Telemetry;

namespace FlagCloud.Dashboard.Pages;

/// <summary>Times as pages write them, in the zone of the machine: the clock alone today, the day before it otherwise.</summary>
internal static class TimeText
{
    public static string Short(long nanos) => Short(UnixNano.ToTime(nanos));

    public static string Short(DateTimeOffset time)
    {
        var local = time.ToLocalTime();
        return local.ToString(local.Date == DateTime.Today ? "HH:mm:ss.fff" : "d MMM HH:mm:ss", CultureInfo.InvariantCulture);
    }

    public static string Full(long nanos) => UnixNano.ToTime(nanos).ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss.ffffff zzz", CultureInfo.InvariantCulture);

    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
