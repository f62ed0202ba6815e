using System.Text.Json;

namespace FlagCloud.Cli;

/// <summary>One call of a command: whom it asks, and where its results go.</summary>
sealed class Call(Session session, FlagCloudClient client, bool json) : IDisposable
{
    public Session Session => session;

    public FlagCloudClient Client => client;

    /// <summary>Prints what stands beside a result, such as its environment, as soon as it is known; nothing in JSON.</summary>
    public void Print(Action<IAnsiConsole> text)
    {
        if (!json) text(session.Out);
    }

    /// <summary>Prints a result, in the form that was asked for.</summary>
    public void Result<T>(T value, Action<IAnsiConsole> text)
    {
        if (json) session.Out.Profile.Out.Writer.WriteLine(JsonSerializer.Serialize(value, FlagCloudJson.Options));
        else text(session.Out);
    }

    /// <summary>Shows a comparison that was started until it has ended; if it is to stop, it is cancelled at the server first.</summary>
    /// <returns>The final record.</returns>
    public async Task<Comparison> FollowAsync(Comparison started, bool verbose, CancellationToken cancellationToken)
    {
        var display = new ProgressDisplay(session, started, verbose);
        var watch = new ComparisonWatch(client, started.Id, display.Show, session.Patience);
        var ended = await display.WhileAsync(async () =>
        {
            try
            {
                return await watch.UntilEndedAsync(cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                session.Error.Print("Cancelling; once more ends this program at once.");
                return await watch.CancelAsync();
            }
        });
        if (verbose)
            foreach (var download in await watch.NotShownAsync(ended)) session.Error.Print($"{Figures.Run(download.Name, download.Round)}: {Figures.Of(download)}");
        return ended;
    }

    /// <summary>Prints the report of a comparison, or its record.</summary>
    // Not to be cancelled: whoever interrupts a comparison still wants its report, and each request has its own limit.
    public async Task ReportAsync(Comparison comparison)
    {
        var downloads = !json && comparison.Runs.Any(run => run.Errors > 0) ? await client.GetAsync<List<Download>>(client.Downloads(comparison.Id), CancellationToken.None) : [];
        Result(comparison, console => Report.Result(console, comparison, client.Address(comparison.Id), downloads));
    }

    public void Dispose() => client.Dispose();
}
