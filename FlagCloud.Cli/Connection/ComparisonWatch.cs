using FlagCloud.Cli.Display;
using FlagCloud.Contracts;

namespace FlagCloud.Cli.Connection;

/// <summary>Follows one comparison to its end: by its events, and by its record where the stream of events breaks.</summary>
sealed class ComparisonWatch(FlagCloudClient client, Uri location, IProgressDisplay display, Patience patience)
{
    readonly HashSet<(string Strategy, int Round)> ended = [];
    readonly HashSet<(string Strategy, int Round, string Country)> seen = [];
    bool queued;
    bool started;

    /// <returns>The final record.</returns>
    public async Task<Comparison> UntilEndedAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await FollowEventsAsync(cancellationToken) is { } last) return last;
            var record = await WithRetriesAsync(token => client.GetAsync<Comparison>(location, token), cancellationToken);
            Show(record);
            if (record.Ended) return record;
            await Task.Delay(patience.Reconnect, cancellationToken);
        }
    }

    /// <summary>Cancels the comparison.</summary>
    /// <returns>The final record.</returns>
    public async Task<Comparison> CancelAsync()
    {
        using var limit = new CancellationTokenSource(patience.Cancel);
        try
        {
            await WithRetriesAsync(
                async token =>
                {
                    await client.CancelAsync(location, token);
                    return true;
                },
                limit.Token);
            return await UntilEndedAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            throw new SiloException($"the silo has not cancelled {location} within {patience.Cancel.TotalSeconds:0} s; it may go on there.", mayPass: false);
        }
    }

    /// <summary>The downloads that no event told of: they ended while the stream was broken, or as their run did.</summary>
    public async Task<IReadOnlyList<Download>> NotShownAsync(Comparison last)
    {
        if (seen.Count >= last.Runs.Sum(run => run.Requested)) return [];
        var all = await client.GetAsync<List<Download>>(new(location.AbsoluteUri + "/downloads"), CancellationToken.None);
        return [.. all.Where(one => !seen.Contains((one.Strategy, one.Round, one.Country)))];
    }

    /// <summary>Shows a record as it stands; what was shown before is not shown again.</summary>
    void Show(Comparison record)
    {
        if (record.Status is ComparisonStatus.Queued)
        {
            if (!queued) display.Queued();
            queued = true;
            return;
        }

        if (!started && (record.Status is ComparisonStatus.Running || record.Runs.Count > 0))
        {
            started = true;
            display.Started(record);
        }

        foreach (var run in record.Runs) Show(run);
    }

    async Task<Comparison?> FollowEventsAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var happened in client.EventsAsync(location, cancellationToken))
            {
                if (happened.Progress is { } progress) Show(progress);
                if (happened.Run is { } run) Show(run);
                if (happened.Comparison is not { } record) continue;
                Show(record);
                if (record.Ended) return record;
            }
        }
        catch (SiloException)
        {
            // The record is asked for next; if the silo has gone, that is where it shows.
        }

        return null;
    }

    void Show(ComparisonProgress progress)
    {
        if (ended.Contains((progress.Strategy, progress.Round))) return;
        // A new stream may begin with what the broken one had told already.
        display.Progress(progress with { Downloads = [.. progress.Downloads.Where(one => seen.Add((one.Strategy, one.Round, one.Country)))] });
    }

    void Show(Run run)
    {
        if (ended.Add((run.Strategy, run.Round))) display.RunEnded(run);
    }

    async Task<T> WithRetriesAsync<T>(Func<CancellationToken, Task<T>> request, CancellationToken cancellationToken)
    {
        foreach (var delay in patience.Retries)
        {
            try
            {
                return await request(cancellationToken);
            }
            catch (SiloException e) when (e.MayPass)
            {
                await Task.Delay(delay, cancellationToken);
            }
        }

        try
        {
            return await request(cancellationToken);
        }
        catch (SiloException e) when (e.MayPass)
        {
            throw new SiloException(
                $"lost the silo while {location} was under way ({e.InnerException?.Message ?? e.Message}); it may go on there: 'flagcloud show' tells, once the silo answers.",
                mayPass: false, e);
        }
    }
}
