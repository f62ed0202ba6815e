namespace FlagCloud.Origin.Http;

/// <summary>Counts the requests for flags and metadata since the start; no other request counts.</summary>
sealed class Traffic
{
    int _inFlight;
    int _peak;
    long _requests;

    public TrafficStatistics Read() => new(Volatile.Read(ref _inFlight), Volatile.Read(ref _peak), Interlocked.Read(ref _requests));

    /// <returns>The requests now in flight, this one included.</returns>
    public int Enter()
    {
        Interlocked.Increment(ref _requests);
        var now = Interlocked.Increment(ref _inFlight);
        for (var peak = Volatile.Read(ref _peak); now > peak; peak = Volatile.Read(ref _peak))
            Interlocked.CompareExchange(ref _peak, now, peak);
        return now;
    }

    public void Leave() => Interlocked.Decrement(ref _inFlight);
}
