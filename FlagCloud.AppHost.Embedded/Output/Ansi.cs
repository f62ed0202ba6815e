using System.Text.RegularExpressions;

namespace Aspire.Hosting.Output;

internal static partial class Ansi
{
    static readonly int[] Palette = [36, 32, 35, 33, 34, 96, 92, 95];

    public static string ForResource(int index, string text) => Colour(Palette[index % Palette.Length], text);

    public static string Red(string text) => Colour(31, text);

    public static string Bold(string text) => $"\e[1m{text}\e[0m";

    public static string Dim(string text) => $"\e[2m{text}\e[0m";

    public static string Strip(string text) => text.Contains('\e') ? Sequence().Replace(text, "") : text;

    static string Colour(int code, string text) => $"\e[{code}m{text}\e[0m";

    [GeneratedRegex(@"\e(\[[0-?]*[ -/]*[@-~]|\][^\a\e]*(\a|\e\\)|[@-Z\\-_])")]
    private static partial Regex Sequence();
}
