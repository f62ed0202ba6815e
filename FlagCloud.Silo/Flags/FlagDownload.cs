namespace FlagCloud.Silo.Flags;

/// <summary>One download under way: what it was asked for, and what has been noted of it so far. Times are seconds from its beginning.</summary>
sealed class FlagDownload(string country, DownloadOrder order, string silo)
{
    readonly long begunAt = Stopwatch.GetTimestamp();

    public string Country => country;
    public DownloadOrder Order => order;
    public Download Report { get; private set; } = new() { Country = country, Outcome = Outcome.Cancelled, Silo = silo }; // Cancelled, until something else is known.
    public string? Reason { get; set; } // What went wrong last, be it final or not.
    public bool Uploading { get; set; } // Whether an upload has begun, so that it may have arrived, whatever is known of it.

    /// <returns>The request's number, from 1.</returns>
    public int Requested() => (Report = Report with { Attempts = Report.Attempts + 1 }).Attempts;

    /// <param name="delaySeconds">Delay that the origin says it applied; of an origin that does not say, the time to the headers.</param>
    /// <param name="originInFlight">Requests in flight as our origin counted them when this one arrived.</param>
    public void Answered(double delaySeconds, int? originInFlight) => Report = Report with
    {
        HeadersSeconds = Now(),
        DelaySeconds = Report.DelaySeconds + delaySeconds,
        OriginInFlight = originInFlight > (Report.OriginInFlight ?? 0) ? originInFlight : Report.OriginInFlight,
    };

    /// <summary>The origin has had its last word. A flag that came is not OK yet: that it is only once it is stored.</summary>
    public void Fetched(FetchAttempt last) =>
        Report = last.Flag is null ? Report with { Outcome = last.Outcome, Reason = last.Reason } : Report with { BodySeconds = Now() };

    public void WaitedForLock(double seconds) => Report = Report with { LockWaitSeconds = Report.LockWaitSeconds + seconds };
    public void WorkedOn(string worker) => Report = Report with { WorkedOn = worker };
    public void Worked() => Report = Report with { WorkedSeconds = Now() };
    public void Stored(FetchedFlag flag) => Report = Report with { Outcome = Outcome.Ok, Bytes = flag.Content.Length, Sha256 = flag.Sha256, StoredSeconds = Now() };
    public void Fail(string reason) => Report = Report with { Outcome = Outcome.Error, Reason = reason };

    double Now() => Stopwatch.GetElapsedTime(begunAt).TotalSeconds;
}
