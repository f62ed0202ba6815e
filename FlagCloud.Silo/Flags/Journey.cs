using System.Diagnostics;
using FlagCloud.Contracts;

namespace FlagCloud.Silo.Flags;

/// <summary>The stages that one download has passed, and how it stands.</summary>
sealed class Journey(string silo, CpuAccount account)
{
    readonly long begunAt = Stopwatch.GetTimestamp();
    string? reason;
    Fetched? fetched;
    FetchedFlag? stored;
    double? workedSeconds, storedSeconds;

    public CpuAccount Account => account;

    public Outcome Outcome { get; set; } = Outcome.Cancelled;

    public void Fail(string reason) => (Outcome, this.reason) = (Outcome.Error, reason);

    /// <summary>The origin has answered. A flag that came is not OK yet: that it is only once it is stored.</summary>
    public void Arrived(Fetched fetched)
    {
        this.fetched = fetched;
        if (fetched.Flag is null) (Outcome, reason) = (fetched.Outcome, fetched.Reason);
    }

    public void Worked() => workedSeconds = Seconds(Stopwatch.GetTimestamp());

    public void Stored(FetchedFlag flag)
    {
        (Outcome, stored) = (Outcome.Ok, flag);
        storedSeconds = Seconds(Stopwatch.GetTimestamp());
    }

    public DownloadReceipt Receipt() => new(
        Outcome, reason, fetched?.Attempts ?? 0, stored?.Content.Length ?? 0, stored?.Sha256,
        fetched?.HeadersAt is { } at ? Seconds(at) : null,
        fetched?.Flag is null ? null : Seconds(fetched.EndedAt),
        workedSeconds, storedSeconds, fetched?.DelaySeconds ?? 0, fetched?.OriginInFlight, silo, account.LockWaitSeconds, account.WorkedOn);

    double Seconds(long timestamp) => Stopwatch.GetElapsedTime(begunAt, timestamp).TotalSeconds;
}
