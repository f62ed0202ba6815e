using System.Diagnostics;

namespace FlagCloud.Silo.Flags;

/// <summary>One download under way: what it was asked for, and what has been noted of it so far. Times are seconds from its beginning.</summary>
sealed class FlagDownload(string country, DownloadOrder order, string silo)
{
    readonly long begunAt = Stopwatch.GetTimestamp();
    double? headers, body, worked, stored;
    FetchedFlag? flag;

    public string Country => country;

    public DownloadOrder Order => order;

    public int Attempts { get; private set; }

    public double LockWaitSeconds { get; set; }

    /// <summary>The worker thread that did the CPU-bound work; null without such work.</summary>
    public string? WorkedOn { get; set; }

    /// <summary>Cancelled, until something else is known.</summary>
    public Outcome Outcome { get; private set; } = Outcome.Cancelled;

    /// <summary>What went wrong last, be it final or not.</summary>
    public string? Reason { get; set; }

    /// <summary>Whether an upload has begun, so that it may have arrived, whatever is known of it.</summary>
    public bool Uploading { get; set; }

    double DelaySeconds { get; set; }

    int? OriginInFlight { get; set; }

    /// <summary>A request goes out.</summary>
    /// <returns>Its number, from 1.</returns>
    public int Requested() => ++Attempts;

    /// <param name="delaySeconds">Delay that the origin says it applied; of an origin that does not say, the time to the headers.</param>
    /// <param name="originInFlight">Requests in flight as our origin counted them when this one arrived.</param>
    public void Answered(double delaySeconds, int? originInFlight)
    {
        headers = Now();
        DelaySeconds += delaySeconds;
        if (originInFlight is { } count) OriginInFlight = Math.Max(OriginInFlight ?? 0, count);
    }

    /// <summary>The origin has had its last word. A flag that came is not OK yet: that it is only once it is stored.</summary>
    public void Fetched(FetchAttempt last)
    {
        if (last.Flag is null) (Outcome, Reason) = (last.Outcome, last.Reason);
        else body = Now();
    }

    public void Worked() => worked = Now();

    public void Stored(FetchedFlag what)
    {
        (Outcome, Reason, flag) = (Outcome.Ok, null, what);
        stored = Now();
    }

    public void Fail(string reason) => (Outcome, Reason) = (Outcome.Error, reason);

    public Download Report() => new()
    {
        Country = country,
        Outcome = Outcome,
        Reason = Outcome is Outcome.Error ? Reason : null,
        Attempts = Attempts,
        Bytes = flag?.Content.Length ?? 0,
        Sha256 = flag?.Sha256,
        HeadersSeconds = headers,
        BodySeconds = body,
        WorkedSeconds = worked,
        StoredSeconds = stored,
        DelaySeconds = DelaySeconds,
        OriginInFlight = OriginInFlight,
        Silo = silo,
        LockWaitSeconds = LockWaitSeconds,
        WorkedOn = WorkedOn,
    };

    double Now() => Stopwatch.GetElapsedTime(begunAt).TotalSeconds;
}
