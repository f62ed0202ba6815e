using Azure;
using Azure.Storage.Blobs.Models;
using FlagCloud.Contracts;
using Microsoft.Extensions.Options;
using Orleans.Placement;

namespace FlagCloud.Silo.Flags;

// By hash, so that the flags spread over all silos alike, whatever each of them has done so far.
[HashBasedPlacement]
sealed partial class FlagGrain(
    FlagSource source, FlagWork work, FlagStore store, IOptions<FlagOptions> options, ILocalSiloDetails silo, TimeProvider time, ILogger<FlagGrain> logger)
    : Grain, IFlagGrain
{
    string Country => this.GetPrimaryKeyString();

    public async Task<DownloadReceipt> Download(DownloadOrder order, CancellationToken cancellationToken)
    {
        var journey = new Journey(silo.Name, new CpuAccount(order.InterpreterLock));
        using var deadline = new CancellationTokenSource(options.Value.Deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            await Download(order, journey, either.Token, deadline.Token);
        }
        catch (OperationCanceledException)
        {
            journey.Outcome = Outcome.Cancelled;
        }
        catch (RequestFailedException e)
        {
            journey.Fail($"storage did not take the flag: {e.ErrorCode ?? e.Message.Split('\n')[0]}");
            LogStorage(e, Country);
        }
        catch (Exception e)
        {
            journey.Fail($"{e.GetType().Name}: {e.Message.Split('\n')[0]}");
            LogUnexpected(e, Country);
        }
        if (journey.Outcome is Outcome.Cancelled && !cancellationToken.IsCancellationRequested)
            journey.Fail(FormattableString.Invariant($"not done within the deadline of {options.Value.Deadline.TotalSeconds:0.###} s"));
        return journey.Receipt();
    }

    async Task Download(DownloadOrder order, Journey journey, CancellationToken cancellationToken, CancellationToken deadline)
    {
        var stored = order.Mode is FetchMode.Refresh ? await store.Find(Country, cancellationToken) : null;
        var current = IsWhatIsAskedFor(stored, order) ? stored!.SourceETag : null;
        var fetched = await source.Fetch(Country, order, current, journey.Account, cancellationToken);
        journey.Arrived(fetched);
        if (fetched.Flag is not { } flag) return;

        var upload = await work.Do(flag, order, journey.Account, cancellationToken);
        journey.Worked();

        var metadata = FlagBlob.Metadata(flag, fetched.Attempts, order, time.GetUtcNow());
        // A put that has begun is never aborted (Azurite's disk store loses a write slot to each): a cancelled download ends with it, and
        // past the deadline only the wait for it ends.
        await store.Put(Country, flag, upload, metadata, Replaces(order, stored), cancellationToken).WaitAsync(deadline);
        journey.Stored(flag);
    }

    // A 304 is the answer to "is this still current?", so it may be asked only of the same source, stored in the same form.
    bool IsWhatIsAskedFor(StoredFlag? stored, DownloadOrder order) =>
        stored is not null
        && stored.Source == source.UrlOf(Country, order).ToString()
        && stored.ContentEncoding == (order.Work is WorkKind.Brotli ? "br" : null);

    // A refresh replaces what it has looked at, so that two at once cannot undo each other; a forced download replaces anything.
    static BlobRequestConditions? Replaces(DownloadOrder order, StoredFlag? stored) => (order.Mode, stored) switch
    {
        (FetchMode.Force, _) => null,
        (_, null) => new() { IfNoneMatch = ETag.All },
        _ => new() { IfMatch = new ETag(stored.ETag) },
    };

    [LoggerMessage(1, LogLevel.Warning, "Storage did not take the flag {Country}")]
    partial void LogStorage(Exception exception, string country);

    [LoggerMessage(2, LogLevel.Error, "The download of the flag {Country} failed unexpectedly")]
    partial void LogUnexpected(Exception exception, string country);
}
