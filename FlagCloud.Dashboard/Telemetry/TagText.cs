using System.Globalization;

namespace FlagCloud.Dashboard.Telemetry;

/// <summary>How a value of an attribute reads, and how one is found among many.</summary>
public static class TagText
{
    public static string Of(object? value) => value switch
    {
        null => "",
        string text => text,
        bool flag => flag ? "true" : "false",
        byte[] bytes => Convert.ToBase64String(bytes),
        Tag[] map => "{" + string.Join(", ", map.Select(entry => $"{entry.Key}: {entry.Text}")) + "}",
        object?[] items => "[" + string.Join(", ", items.Select(Of)) + "]",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    public static string? Find(this Tag[] attributes, string key)
    {
        foreach (var attribute in attributes)
            if (attribute.Key == key)
                return attribute.Text;
        return null;
    }
}
