namespace FlagCloud.Web.Charts;

/// <summary>A value in its unit ("s", "ms", "By" for bytes, any other as it is) as a person reads it.</summary>
public static class Quantity
{
    public static string Text(double? value, string? unit) => value is not { } number ? "–" : unit switch
    {
        "s" => Time(number),
        "ms" => Time(number / 1e3),
        "By" => Scaled(number, 1024, ["B", "KiB", "MiB", "GiB", "TiB"]),
        null or "" => Count(number),
        _ => $"{Count(number)} {unit}",
    };

    /// <summary>As a table has it, whose heading says the unit.</summary>
    public static string Number(double? value, string format = "0.000") => value?.ToString(format, CultureInfo.InvariantCulture) ?? "–";

    public static string Interval(double? low, double? high, string format) => low is null ? "–" : $"{Number(low, format)} – {Number(high, format)}";

    static string Time(double seconds) => Math.Abs(seconds) switch
    {
        0 => "0 s",
        < 1e-6 => Digits(seconds * 1e9) + " ns",
        < 1e-3 => Digits(seconds * 1e6) + " µs",
        < 1 => Digits(seconds * 1e3) + " ms",
        < 120 => Digits(seconds) + " s",
        < 7200 => Digits(seconds / 60) + " min",
        _ => Digits(seconds / 3600) + " h",
    };

    static string Count(double number) => Math.Abs(number) < 10_000 ? Digits(number) : Scaled(number, 1000, ["", "k", "M", "G", "T"]);

    static string Scaled(double number, double step, string[] names)
    {
        var name = 0;
        while (Math.Abs(number) >= step && name < names.Length - 1)
        {
            number /= step;
            name++;
        }
        return $"{Digits(number)} {names[name]}".TrimEnd();
    }

    static string Digits(double number) => number.ToString(
        Math.Abs(number) switch { 0 => "0", < 0.01 => "0.####", < 10 => "0.##", < 100 => "0.#", _ => "0" }, CultureInfo.InvariantCulture);
}

/// <param name="Figure">By which it can be found.</param>
public sealed record Column<T>(string Heading, Func<T, object?> Cell, string? Class = "number", string? Figure = null);
