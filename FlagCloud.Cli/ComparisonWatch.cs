namespace FlagCloud.Cli;

/// <summary>Follows one comparison to its end, by its events, and by its record where the stream of events breaks.</summary>
/// <param name="show">Gets all that happens, and what a broken stream had told already once more.</param>
sealed class ComparisonWatch(FlagCloudClient client, string id, Patience patience, Action<ComparisonEvent> show)
{
    /// <returns>The final record.</returns>
    public async Task<Comparison> UntilEndedAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await foreach (var happened in client.EventsAsync(id, cancellationToken))
                {
                    show(happened);
                    if (happened.Comparison is { Ended: true } last) return last;
                }
            }
            catch (Exception e) when (e is ServerException or JsonException)
            {
                // The record is asked for next; if the server has gone, that is where it shows.
            }

            var record = await PatientlyAsync(() => client.ComparisonAsync(id, cancellationToken), cancellationToken);
            show(new(record));
            if (record.Ended) return record;
            await Task.Delay(patience.Reconnect, cancellationToken);
        }
    }

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

    async Task<T> PatientlyAsync<T>(Func<Task<T>> request, CancellationToken cancellationToken)
    {
        for (var retry = 0; ; retry++)
        {
            try
            {
                return await request();
            }
            catch (ServerException e) when (e.MayPass && retry < patience.Retries.Count)
            {
                await Task.Delay(patience.Retries[retry], cancellationToken);
            }
            catch (ServerException e) when (e.MayPass)
            {
                throw new ServerException(
                    $"lost the server while {client.Address($"api/comparisons/{id}")} was under way ({e.InnerException?.Message ?? e.Message}); "
                    + $"it may go on there: 'flagcloud show {id}' tells, once the server answers.", mayPass: false, e);
            }
        }
    }
}
