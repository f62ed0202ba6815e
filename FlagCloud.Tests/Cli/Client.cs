using System.Text;
using FlagCloud.Cli;
using Spectre.Console;

namespace FlagCloud.Tests.Cli;

/// <summary>Runs the program in this process, as if its output went to files or, <paramref name="live"/>, to a terminal.</summary>
sealed class Client(bool live = false, int width = 140, string? locale = "C.UTF-8")
{
    readonly StringBuilder outputText = new();
    readonly StringBuilder errorText = new();

    /// <summary>The program itself, for tests that need a process.</summary>
    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "flagcloud.dll");

    public Dictionary<string, string> Variables { get; } = [];

    public Patience Patience { get; init; } = new()
    {
        Reconnect = TimeSpan.FromMilliseconds(1),
        Retries = [TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1)],
    };

    public string Output => outputText.ToString();

    public string Error => errorText.ToString();

    public string[] Lines => Output.Split('\n', StringSplitOptions.TrimEntries);

    public string[] ErrorLines => Error.Split('\n', StringSplitOptions.TrimEntries);

    public async Task<int> RunAsync(StandInWeb web, params string[] args) =>
        await RunAsync([.. args, "--url", web.Url], TestContext.Current.CancellationToken);

    public async Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        if (locale is not null) Variables["LANG"] = locale;
        await using var output = new StringWriter(outputText);
        await using var error = new StringWriter(errorText);
        var session = new Session(Open(output), Open(error)) { Variable = Variables.GetValueOrDefault, Patience = Patience };
        return await FlagCloudCli.RunAsync(args, session, cancellationToken);
    }

    IAnsiConsole Open(StringWriter writer)
    {
        if (!live) return Terminal.Open(writer, redirected: true, Variables.GetValueOrDefault);
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            Interactive = InteractionSupport.Yes,
            ColorSystem = ColorSystemSupport.TrueColor,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = width;
        return console;
    }
}
