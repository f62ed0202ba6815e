using FlagCloud.Cli.Connection;
using FlagCloud.Cli.Display;
using Spectre.Console;

namespace FlagCloud.Cli;

/// <summary>What one call of the program has around it.</summary>
/// <param name="Out">Where results go.</param>
/// <param name="Error">Where the one line goes that says what went wrong.</param>
/// <param name="Live">Whether <paramref name="Out"/> is a terminal that can redraw its lines.</param>
sealed record Session(IAnsiConsole Out, TextWriter Error, bool Live)
{
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public Patience Patience { get; init; } = new();

    public static Session OfProcess()
    {
        var console = Terminal.Open(Console.Out, Console.IsOutputRedirected, Environment.GetEnvironmentVariable);
        var capabilities = console.Profile.Capabilities;
        return new(console, Console.Error, Live: !Console.IsOutputRedirected && capabilities is { Ansi: true, Interactive: true });
    }
}
