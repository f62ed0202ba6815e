namespace FlagCloud.Cli;

/// <summary>One call of a command: whom it asks, and where its results go.</summary>
sealed record Call(Session Session, FlagCloudClient Client, bool Json) : IDisposable
{
    /// <summary>Prints what stands beside a result, such as its environment, as soon as it is known; nothing in JSON.</summary>
    public void Print(Action<IAnsiConsole> text)
    {
        if (!Json) text(Session.Out);
    }

    /// <summary>Prints a result, in the form that was asked for.</summary>
    public void Result<T>(T value, Action<IAnsiConsole> text)
    {
        if (Json) Session.Out.Profile.Out.Writer.WriteLine(JsonSerializer.Serialize(value, FlagCloudJson.Options));
        else text(Session.Out);
    }

    /// <summary>Prints the report of a comparison, or its record. Not to be cancelled: whoever interrupts a comparison still wants its report.</summary>
    public async Task ReportAsync(Comparison comparison)
    {
        var downloads = !Json && comparison.Runs.Any(run => run.Errors > 0) ? await Client.DownloadsAsync(comparison.Id) : [];
        Result(comparison, console => Report.Result(console, comparison, Client.Address($"api/comparisons/{comparison.Id}"), downloads));
    }

    /// <summary>Shows a comparison that was started until it has ended; if it is to stop, it is cancelled at the server first.</summary>
    /// <returns>The final record.</returns>
    public async Task<Comparison> FollowAsync(Comparison started, bool verbose, CancellationToken cancellationToken)
    {
        var display = new ProgressDisplay(Session, started, verbose);
        var watch = new ComparisonWatch(Client, started.Id, Session.Patience, display.Show);
        var ended = await display.WhileAsync(async () =>
        {
            try
            {
                return await watch.UntilEndedAsync(cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                Session.Error.Print("Cancelling; once more ends this program at once.");
                return await watch.CancelAsync();
            }
        });
        if (verbose) display.ShowRest(await Client.DownloadsAsync(ended.Id));
        return ended;
    }

    public void Dispose() => Client.Dispose();
}
