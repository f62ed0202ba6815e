using Orleans.Placement;

namespace FlagCloud.Silo.Flags;

/// <summary>One flag; its key is the country's code in lower case. The blob is its state.</summary>
[Alias("FlagCloud.IFlagGrain")]
public interface IFlagGrain : IGrainWithStringKey
{
    /// <summary>Downloads the flag and stores it. Never throws for what the origin or storage did: the result says it.</summary>
    [Alias("Download")] Task<Download> Download(DownloadOrder order, CancellationToken cancellationToken);
}

/// <summary>What a flag grain is asked to do: of the settings those that are about one flag, without the rest, which would cross grains a thousand times a second.</summary>
[GenerateSerializer, Immutable, Alias("FlagCloud.DownloadOrder")]
public sealed record DownloadOrder
{
    [Id(0)] public required string ComparisonId { get; init; }
    /// <summary>Number of the comparison's run, from 1.</summary>
    [Id(1)] public required int Run { get; init; }
    /// <summary>Of this round's draws.</summary>
    [Id(4)] public required int Seed { get; init; }
    [Id(2)] public required string Profile { get; init; }
    [Id(3)] public string? Origin { get; init; }
    [Id(5)] public FetchMode Mode { get; init; }
    [Id(6)] public WorkKind Work { get; init; }
    [Id(7)] public int Quality { get; init; } = 11;
    [Id(8)] public bool InterpreterLock { get; init; }
    [Id(9)] public TimeSpan? AttemptTimeout { get; init; }
    [Id(10)] public int? Retries { get; init; }
    [Id(11)] public bool ConnectionReuse { get; init; } = true;
}

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
