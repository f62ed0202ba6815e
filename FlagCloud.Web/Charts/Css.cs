using System.Globalization;

namespace FlagCloud.Components.Charts;

/// <summary>Numbers as style and path data have them, whatever the culture.</summary>
static class Css
{
    public static string Percent(double part) => (part * 100).ToString("0.###", CultureInfo.InvariantCulture) + "%";

    public static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
