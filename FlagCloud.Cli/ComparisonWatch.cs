namespace FlagCloud.Cli;

/// <summary>Follows one comparison to its end, by its events, and by its record where the stream of events breaks. What has happened is shown once.</summary>
sealed class ComparisonWatch(FlagCloudClient client, string id, ProgressDisplay? display, Patience patience)
{
    readonly HashSet<(string Name, int Round)> ended = [];
    readonly HashSet<(string Name, int Round, string Country)> seen = [];

    /// <returns>The final record.</returns>
    public async Task<Comparison> UntilEndedAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await FollowEventsAsync(cancellationToken) is { } last) return last;
            var record = await PatientlyAsync(() => client.GetAsync<Comparison>($"api/comparisons/{id}", cancellationToken), cancellationToken);
            Show(record);
            if (record.Ended) return record;
            await Task.Delay(patience.Reconnect, cancellationToken);
        }
    }

    /// <summary>Cancels the comparison at the server.</summary>
    /// <returns>The final record.</returns>
    public async Task<Comparison> CancelAsync()
    {
        using var limit = new CancellationTokenSource(patience.Cancel);
        try
        {
            await PatientlyAsync(() => client.CancelAsync(id, limit.Token), limit.Token);
            return await UntilEndedAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            throw new ServerException($"the server has not cancelled {id} within {patience.Cancel.TotalSeconds:0.#} s; it may go on there.", mayPass: false);
        }
    }

    /// <summary>The downloads that no event told of: they ended while the stream was broken, or as their run did.</summary>
    public async Task<IEnumerable<Download>> NotShownAsync(Comparison last) => seen.Count >= last.Runs.Sum(run => run.Requested)
        ? []
        : (await client.DownloadsAsync(id)).Where(one => !seen.Contains((one.Name, one.Round, one.Country)));

    async Task<Comparison?> FollowEventsAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var happened in client.EventsAsync(id, cancellationToken))
            {
                if (happened.Progress is { } progress) Show(progress);
                if (happened.Run is { } run) Show(run);
                if (happened.Comparison is not { } record) continue;
                Show(record);
                if (record.Ended) return record;
            }
        }
        catch (Exception e) when (e is ServerException or JsonException)
        {
            // The record is asked for next; if the server has gone, that is where it shows.
        }

        return null;
    }

    void Show(Comparison record)
    {
        foreach (var run in record.Runs) Show(run);
        if (!record.Ended) display?.Show(record);
    }

    void Show(Run run)
    {
        if (ended.Add((run.Name, run.Round))) display?.Show(run);
    }

    // A new stream may begin with what the broken one had told already.
    void Show(ComparisonProgress progress)
    {
        if (!ended.Contains((progress.Name, progress.Round)))
            display?.Show(progress with { Downloads = [.. progress.Downloads.Where(one => seen.Add((one.Name, one.Round, one.Country)))] });
    }

    async Task<T> PatientlyAsync<T>(Func<Task<T>> request, CancellationToken cancellationToken)
    {
        for (var retry = 0; ; retry++)
        {
            try
            {
                return await request();
            }
            catch (ServerException e) when (e.MayPass)
            {
                if (retry == patience.Retries.Count)
                {
                    throw new ServerException(
                        $"lost the server while {client.Address($"api/comparisons/{id}")} was under way ({e.InnerException?.Message ?? e.Message}); "
                        + $"it may go on there: 'flagcloud show {id}' tells, once the server answers.",
                        mayPass: false, e);
                }

                await Task.Delay(patience.Retries[retry], cancellationToken);
            }
        }
    }
}
