using System.Text;

namespace FlagCloud.Cli;

/// <summary>Opens a console so that its output suits a terminal, a pipe or a file, and writes lines to it.</summary>
static class Terminal
{
    public static readonly Style Bold = new(decoration: Decoration.Bold);

    // Nothing wraps where there is no screen: who reads a file or a log wraps it himself.
    const int RedirectedWidth = 1000;

    static readonly string[] LocaleVariables = ["LC_ALL", "LC_CTYPE", "LANG"];

    public static IAnsiConsole Open(TextWriter output, bool redirected, Func<string, string?> variable)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = redirected ? AnsiSupport.No : AnsiSupport.Detect,
            Interactive = redirected ? InteractionSupport.No : InteractionSupport.Detect,
            ColorSystem = redirected || variable("NO_COLOR") is { Length: > 0 } ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Out = new AnsiConsoleOutput(output),
        });
        if (redirected) console.Profile.Width = RedirectedWidth;
        // .NET takes UTF-8 for granted where the locale names no character set; a POSIX locale's terminal need not.
        var locale = LocaleVariables.Select(variable).FirstOrDefault(value => value is { Length: > 0 });
        console.Profile.Capabilities.Unicode &= OperatingSystem.IsWindows() || locale?.Replace("-", "").Contains("UTF8", StringComparison.OrdinalIgnoreCase) is true;
        return console;
    }

    /// <summary>Writes one line. What came from a server cannot steer the terminal, and is plain ASCII where that is all it shows.</summary>
    public static void Print(this IAnsiConsole console, string line, Style? style = null) => console.WriteLine(
        // Where there is no ANSI, a style would go to the system's console, which may write escape sequences into a pipe all the same.
        console.Shown(line), console.Profile.Capabilities.Ansi && style is not null ? style.Value : Style.Plain);

    public static string Shown(this IAnsiConsole console, string text) => string.Concat(
        text.EnumerateRunes().Select(rune => Rune.IsControl(rune) ? " " : console.Profile.Capabilities.Unicode ? rune.ToString() : Ascii(rune)));

    static string Ascii(Rune rune) => rune.ToString() switch
    {
        "–" or "—" or "−" => "-",
        "×" => "x",
        "±" => "+-",
        "…" => "...",
        "‘" or "’" => "'",
        "“" or "”" => "\"",
        var other => rune.IsAscii ? other : "?",
    };
}
