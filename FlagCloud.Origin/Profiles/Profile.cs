namespace FlagCloud.Origin.Profiles;

/// <summary>How the origin behaves under the first segment of a path. Delays are uniform between the two bounds.</summary>
/// <param name="StragglerDelay">What the unlucky wait instead, <paramref name="StragglerProbability"/> of them.</param>
/// <param name="FaultProbability">How many of the requests meet <paramref name="Fault"/>, from 0 to 1.</param>
/// <param name="InFlightLimit">With more requests in flight at the origin, this one included, the answer is 429 at once.</param>
public sealed record Profile(
    string Name, string Description, TimeSpan MinDelay = default, TimeSpan MaxDelay = default, Fault Fault = Fault.None, double FaultProbability = 0,
    TimeSpan StragglerDelay = default, double StragglerProbability = 0, int? InFlightLimit = null)
{
    static readonly TimeSpan Short = TimeSpan.FromMilliseconds(10);
    static readonly TimeSpan Brief = TimeSpan.FromMilliseconds(50);

    public double MeanDelaySeconds => (MinDelay + MaxDelay).TotalSeconds / 2 * (1 - StragglerProbability) + StragglerDelay.TotalSeconds * StragglerProbability;

    /// <summary>By name, in the order of the documentation (docs/reference.md).</summary>
    public static IReadOnlyDictionary<string, Profile> All { get; } = new OrderedDictionary<string, Profile>(List().Select(p => KeyValuePair.Create(p.Name, p)));

    static IEnumerable<Profile> List() =>
    [
        new("local", "No delay, no fault."),
        new("web", "0.2 to 0.5 s, as a flag takes over the internet.", Seconds(0.2), Seconds(0.5)),
        new("delay", "0.5 to 5 s.", Seconds(0.5), Seconds(5)),
        new("error", "As delay; a quarter of the requests end with 418, whatever the path.", Seconds(0.5), Seconds(5), Fault.Teapot, 0.25),
        new("slow", "Always 2 s, so that a run lasts long enough to be watched or cancelled.", Seconds(2), Seconds(2)),
        new("stragglers", "10 to 50 ms, but 2 s for one in twenty.", Short, Brief, StragglerDelay: Seconds(2), StragglerProbability: 0.05),
        new("flaky", "10 to 50 ms; 30 % end with 503 and Retry-After: 0 or 1.", Short, Brief, Fault.Unavailable, 0.3),
        new("throttle", "10 to 50 ms; 429 and Retry-After: 1 with more than 8 requests in flight.", Short, Brief, InFlightLimit: 8),
        new("reset", "10 to 50 ms; 30 % of the connections are aborted before the headers.", Short, Brief, Fault.Reset, 0.3),
        new("truncate", "10 to 50 ms; 30 % of the connections are aborted after half of the body.", Short, Brief, Fault.Truncated, 0.3),
        new("corrupt", "10 to 50 ms; 30 % of the bodies have a wrong bit, which Repr-Digest shows.", Short, Brief, Fault.Corrupted, 0.3),
        new("wrongtype", "10 to 50 ms; 30 % of the answers are an HTML page with status 200.", Short, Brief, Fault.WrongType, 0.3),
        new("oversize", "10 to 50 ms; 30 % of the bodies go on to 64 MiB.", Short, Brief, Fault.Oversized, 0.3),
        new("stall", "10 to 50 ms; 30 % of the bodies stop half-way for up to 60 s.", Short, Brief, Fault.Stalled, 0.3),
    ];

    static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
