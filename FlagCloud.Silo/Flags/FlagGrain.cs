using Orleans.Placement;

namespace FlagCloud.Silo.Flags;

// By hash, so that the flags spread over all silos alike, whatever each of them has done so far.
[HashBasedPlacement]
sealed partial class FlagGrain(
    FlagSource source, CpuParts cpu, FlagStore store, IOptions<FlagOptions> options, ILocalSiloDetails silo, TimeProvider time, ILogger<FlagGrain> logger)
    : Grain, IFlagGrain
{
    public async Task<Download> Download(DownloadOrder order, CancellationToken cancellationToken)
    {
        var download = new FlagDownload(this.GetPrimaryKeyString(), order, silo.Name);
        using var deadline = new CancellationTokenSource(options.Value.Deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            await Download(download, either.Token, deadline.Token);
        }
        catch (OperationCanceledException)
        {
            // Whose wish it was is told apart below.
        }
        catch (Exception e) when (e.IsOfStorage())
        {
            download.Fail($"storage did not take the flag: {e.StorageCause()}");
            LogStorage(e, download.Country);
        }
        catch (Exception e)
        {
            download.Fail($"{e.GetType().Name}: {e.Message.Clean()}");
            LogUnexpected(e, download.Country);
        }
        if (download.Report.Outcome is Outcome.Cancelled && !cancellationToken.IsCancellationRequested)
            download.Fail(FormattableString.Invariant($"not done within the deadline of {options.Value.Deadline.TotalSeconds:0.###} s")
                + (download.Reason is { } last ? $"; last: {last}" : ""));
        return download.Report;
    }

    async Task Download(FlagDownload download, CancellationToken cancellationToken, CancellationToken deadline)
    {
        var stored = download.Order.Mode is FetchMode.Refresh ? await store.Find(download.Country, cancellationToken) : null;
        var fetched = await source.Fetch(download, IsWhatIsAskedFor(stored, download) ? stored!.SourceETag : null, cancellationToken);
        download.Fetched(fetched);
        if (fetched.Flag is not { } flag) return;

        var upload = download.Order.Work is WorkKind.None
            ? await cpu.Here(() => new FlagUpload(flag.Content, null), download, cancellationToken)
            : await cpu.OnWorker(() => FlagUpload.Compressed(flag.Content, download.Order.Quality), download, cancellationToken);
        download.Worked();

        // A put that has begun is never aborted (Azurite's disk store loses a write slot to each): a cancelled download ends with it, and
        // past the deadline only the wait for it ends.
        try
        {
            await store.Put(download, flag, upload, stored, cancellationToken, deadline).WaitAsync(deadline);
        }
        catch (OperationCanceledException)
        {
            if (!download.Uploading || !await store.HasArrived(download, flag)) throw;
        }
        download.Stored(flag);
    }

    // A 304 is the answer to "is this still current?", so it may be asked only of the same source, stored in the same form.
    bool IsWhatIsAskedFor(StoredFlag? stored, FlagDownload download) =>
        stored is not null
        && stored.Source == source.UrlOf(download).Public()
        && stored.ContentEncoding == (download.Order.Work is WorkKind.Brotli ? "br" : null);

    [LoggerMessage(1, LogLevel.Warning, "Storage did not take the flag {Country}")]
    partial void LogStorage(Exception exception, string country);
    [LoggerMessage(2, LogLevel.Error, "The download of the flag {Country} failed unexpectedly")]
    partial void LogUnexpected(Exception exception, string country);
}
