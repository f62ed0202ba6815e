namespace FlagCloud.Origin.Http;

/// <summary>Counts the requests for flags and metadata since the start; no other request counts.</summary>
sealed class Traffic
{
    int inFlight;
    int peak;
    long requests;

    public TrafficStatistics Read() => new(Volatile.Read(ref inFlight), Volatile.Read(ref peak), Interlocked.Read(ref requests));

    /// <returns>The requests now in flight, this one included.</returns>
    public int Enter()
    {
        Interlocked.Increment(ref requests);
        var now = Interlocked.Increment(ref inFlight);
        for (var seen = Volatile.Read(ref peak); now > seen; seen = Volatile.Read(ref peak))
            Interlocked.CompareExchange(ref peak, now, seen);
        return now;
    }

    public void Leave() => Interlocked.Decrement(ref inFlight);
}

/// <summary>The answer of /stats.</summary>
public sealed record TrafficStatistics(int InFlight, int PeakInFlight, long Requests);
