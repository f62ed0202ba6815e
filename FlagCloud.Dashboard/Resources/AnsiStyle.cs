namespace FlagCloud.Dashboard.Resources;

/// <summary>Colour 0 to 15 of the terminal's palette, or none, and whether bold; larger palettes are brought to the nearest of the sixteen.</summary>
public readonly record struct AnsiStyle(int? Colour, bool IsBold)
{
    public static AnsiStyle Plain => default;

    public string Css => (Colour is { } colour ? $"ansi-{colour}" : "") + (IsBold ? " bold" : "");

    public AnsiStyle With(int[] codes)
    {
        var style = this;
        for (var i = 0; i < codes.Length; i++)
            switch (codes[i])
            {
                case 0: style = Plain; break;
                case 1: style = style with { IsBold = true }; break;
                case 22: style = style with { IsBold = false }; break;
                case >= 30 and <= 37: style = style with { Colour = codes[i] - 30 }; break;
                case >= 90 and <= 97: style = style with { Colour = codes[i] - 82 }; break;
                case 39: style = style with { Colour = null }; break;
                case 38 when i + 2 < codes.Length && codes[i + 1] == 5: style = style with { Colour = OfPalette(codes[i += 2]) }; break;
                case 38 when i + 4 < codes.Length && codes[i + 1] == 2:
                    style = style with { Colour = OfRgb(codes[i + 2], codes[i + 3], codes[i + 4]) };
                    i += 4;
                    break;
                case 48 when i + 2 < codes.Length && codes[i + 1] == 5: i += 2; break;
                case 48 when i + 4 < codes.Length && codes[i + 1] == 2: i += 4; break;
            }
        return style;
    }

    static int OfPalette(int index) => index switch
    {
        < 16 => Math.Max(0, index),
        < 232 => OfRgb((index - 16) / 36 * 51, (index - 16) / 6 % 6 * 51, (index - 16) % 6 * 51),
        _ => OfRgb((index - 232) * 10 + 8, (index - 232) * 10 + 8, (index - 232) * 10 + 8),
    };

    static int OfRgb(int red, int green, int blue)
    {
        var basic = (red > 95 ? 1 : 0) + (green > 95 ? 2 : 0) + (blue > 95 ? 4 : 0);
        return Math.Max(red, Math.Max(green, blue)) > 210 ? basic + 8 : basic;
    }
}
