using System.Diagnostics;

namespace FlagCloud.Silo.Flags;

/// <summary>What is noted of a fetch while its attempts go on.</summary>
sealed class FetchTrace
{
    long begunAt;

    public int Attempts { get; private set; }

    public double DelaySeconds { get; private set; }

    public int? OriginInFlight { get; private set; }

    public long? HeadersAt { get; private set; }

    public void Begin()
    {
        Attempts++;
        begunAt = Stopwatch.GetTimestamp();
    }

    /// <param name="foreign">Whether the origin is not ours: what it says about itself is not asked for then.</param>
    public void Headers(HttpResponseMessage response, bool foreign)
    {
        HeadersAt = Stopwatch.GetTimestamp();
        DelaySeconds += (foreign ? null : FlagResponse.DelaySeconds(response)) ?? Stopwatch.GetElapsedTime(begunAt, HeadersAt.Value).TotalSeconds;
        if (!foreign && FlagResponse.InFlight(response) is { } count) OriginInFlight = Math.Max(OriginInFlight ?? 0, count);
    }
}
