using System.Text;
using Spectre.Console;

namespace FlagCloud.Cli.Display;

/// <summary>Opens the console so that its output suits a terminal, a pipe or a file.</summary>
static class Terminal
{
    // Nothing wraps where there is no screen: who reads a file or a log wraps it himself.
    const int RedirectedWidth = 1000;

    const int Utf8 = 65001;
    const int Utf16 = 1200;

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
        console.Profile.Capabilities.Unicode = IsUnicode(output.Encoding, variable);
        return console;
    }

    // .NET takes UTF-8 for granted where the locale names no character set; a POSIX locale's terminal need not.
    static bool IsUnicode(Encoding encoding, Func<string, string?> variable)
    {
        if (encoding.CodePage is not (Utf8 or Utf16)) return false;
        if (OperatingSystem.IsWindows()) return true;
        var locale = LocaleVariables.Select(variable).FirstOrDefault(value => value is { Length: > 0 });
        return locale is not null
            && (locale.Contains("UTF-8", StringComparison.OrdinalIgnoreCase) || locale.Contains("UTF8", StringComparison.OrdinalIgnoreCase));
    }
}
