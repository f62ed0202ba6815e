namespace FlagCloud.Cli;

/// <summary>What one run of the program has around it: results go to <paramref name="Out"/>, what it is doing and what went wrong to <paramref name="Error"/>.</summary>
sealed record Session(IAnsiConsole Out, IAnsiConsole Error)
{
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;
    public Patience Patience { get; init; } = new();

    /// <summary>Whether <see cref="Error"/> is a terminal that can redraw its lines.</summary>
    public bool Live => Error.Profile.Capabilities is { Ansi: true, Interactive: true };

    public static Session OfProcess() => new(
        Terminal.Open(Console.Out, Console.IsOutputRedirected, Environment.GetEnvironmentVariable),
        Terminal.Open(Console.Error, Console.IsErrorRedirected, Environment.GetEnvironmentVariable));
}

/// <summary>How long the client waits for what.</summary>
sealed record Patience
{
    public TimeSpan Request { get; init; } = TimeSpan.FromSeconds(30);
    public TimeSpan SilentStream { get; init; } = TimeSpan.FromSeconds(30); // Then the record is looked at, for a stream can die without a word.
    public TimeSpan Reconnect { get; init; } = TimeSpan.FromMilliseconds(500);
    public TimeSpan Cancel { get; init; } = TimeSpan.FromSeconds(20); // From the wish to cancel to the final record.
    public TimeSpan StartWhenStopping { get; init; } = TimeSpan.FromSeconds(5); // For the answer to a start that was under way when the wish to stop came.

    /// <summary>Before each further try of a request that failed in a way that may pass, while a comparison runs.</summary>
    public IReadOnlyList<TimeSpan> Retries { get; init; } = [.. new[] { 0.25, 0.5, 1, 2, 4 }.Select(TimeSpan.FromSeconds)];
}
