namespace FlagCloud.Cli.Connection;

/// <summary>How long the client waits for what.</summary>
sealed record Patience
{
    /// <summary>One request and its whole answer.</summary>
    public TimeSpan Request { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>An event stream that says nothing: after this the record is looked at, for a stream can die without a word.</summary>
    public TimeSpan SilentStream { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Between two streams, where the first one ended too early.</summary>
    public TimeSpan Reconnect { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Before each further try of a request that failed in a way that may pass.</summary>
    public IReadOnlyList<TimeSpan> Retries { get; init; } =
        [TimeSpan.FromSeconds(0.25), TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4)];

    /// <summary>From the wish to cancel to the final record.</summary>
    public TimeSpan Cancel { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>For the answer to a start that was under way when the wish to stop came.</summary>
    public TimeSpan StartWhenStopping { get; init; } = TimeSpan.FromSeconds(5);
}
