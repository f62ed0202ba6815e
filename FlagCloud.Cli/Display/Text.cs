using System.Text;
using Spectre.Console;

namespace FlagCloud.Cli.Display;

/// <summary>Sentences, as the terminal can show them.</summary>
static class Text
{
    /// <summary>Writes one line. What came from a server cannot steer the terminal, and is plain ASCII where that is all it shows.</summary>
    public static void Print(this IAnsiConsole console, string line, Style? style = null)
    {
        line = OneLine(line);
        console.WriteLine(console.Profile.Capabilities.Unicode ? line : Ascii(line), style ?? Style.Plain);
    }

    public static string OneLine(string text) => string.Create(text.Length, text, (line, from) =>
    {
        for (var i = 0; i < line.Length; i++) line[i] = char.IsControl(from[i]) ? ' ' : from[i];
    });

    static string Ascii(string text)
    {
        var ascii = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            ascii.Append(rune.Value switch
            {
                < 0x80 => rune.ToString(),
                '–' or '—' or '−' => "-",
                '×' => "x",
                '…' => "...",
                '‘' or '’' => "'",
                '“' or '”' => "\"",
                _ => "?",
            });
        }

        return ascii.ToString();
    }
}
