using System.Globalization;
using System.Text;

namespace FlagCloud.Dashboard.Resources;

/// <summary>A line of console output as pieces of one style. Codes that say something else than colour are left out.</summary>
public static class AnsiText
{
    const char Escape = '\u001b';

    public static string Strip(string line) => line.Contains(Escape) ? string.Concat(Parse(line).Select(piece => piece.Text)) : line;

    public static IReadOnlyList<AnsiPiece> Parse(string line)
    {
        if (!line.Contains(Escape)) return [new AnsiPiece(line, AnsiStyle.Plain)];
        var pieces = new List<AnsiPiece>();
        var style = AnsiStyle.Plain;
        var text = new StringBuilder();
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] != Escape)
            {
                if (!char.IsControl(line[i]) || line[i] == '\t') text.Append(line[i]);
                continue;
            }
            var (codes, end) = Sequence(line, i);
            i = end;
            if (codes is null) continue;
            if (text.Length > 0) pieces.Add(new AnsiPiece(text.ToString(), style));
            text.Clear();
            style = style.With(codes);
        }
        if (text.Length > 0) pieces.Add(new AnsiPiece(text.ToString(), style));
        return pieces;
    }

    // A control sequence is ESC [ parameters final; an operating system command ESC ] ... BEL; anything else two characters.
    static (int[]? Codes, int End) Sequence(string line, int start)
    {
        if (start + 1 >= line.Length) return (null, start);
        if (line[start + 1] == ']')
        {
            var bell = line.IndexOfAny(['\u0007', Escape], start + 1);
            return (null, bell < 0 ? line.Length : line[bell] == Escape ? bell + 1 : bell);
        }
        if (line[start + 1] != '[') return (null, start + 1);
        var end = start + 2;
        while (end < line.Length && line[end] is < '@' or > '~') end++;
        if (end >= line.Length || line[end] != 'm') return (null, end);
        return ([.. line[(start + 2)..end].Split(';').Select(code => int.TryParse(code, CultureInfo.InvariantCulture, out var number) ? number : 0)], end);
    }
}
