namespace FlagCloud.Cli;

/// <summary>One call of a command: whom it asks, and where its results go.</summary>
/// <param name="Json">Whether results are printed as JSON, and nothing beside them.</param>
sealed record Call(Session Session, FlagCloudClient Client, bool Json) : IDisposable
{
    /// <summary>Where text goes; nowhere, where JSON was asked for.</summary>
    public IAnsiConsole Out { get; } = Json ? Terminal.Open(TextWriter.Null, redirected: true, Session.Variable) : Session.Out;

    public void Result<T>(T value)
    {
        if (Json) Session.Out.Profile.Out.Writer.WriteLine(JsonSerializer.Serialize(value, FlagCloudJson.Options));
    }

    /// <summary>Prints the report of a comparison, or its record. Not to be cancelled: whoever interrupts a comparison still wants its report.</summary>
    public async Task ReportAsync(Comparison comparison)
    {
        Result(comparison);
        var downloads = !Json && comparison.Runs.Any(run => run.Errors > 0) ? await Client.DownloadsAsync(comparison.Id) : [];
        Report.Result(Out, comparison, Client.Address($"api/comparisons/{comparison.Id}"), downloads);
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
