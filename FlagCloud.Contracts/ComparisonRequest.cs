using System.Text.Json.Serialization;

namespace FlagCloud.Contracts;

/// <summary>The body of <c>POST /api/comparisons</c>. Everything is optional; what is left out takes the default named here.</summary>
// A member that does not exist is an error, so that a typo is not taken for a default.
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ComparisonRequest
{
    /// <summary>Strategies to compare, each once (default: sequential, threaded, async).</summary>
    public IReadOnlyList<string>? Strategies { get; init; }

    /// <summary>ISO codes, first letters, or one of top20 (default), all, every.</summary>
    public CountrySelection? Countries { get; init; }

    /// <summary>Take only the first so many of the countries (default: all of them).</summary>
    public int? Limit { get; init; }

    /// <summary>The origin's profile of delays and faults (default: web).</summary>
    public string? Profile { get; init; }

    /// <summary>URL template of a foreign origin with <c>{code}</c> or <c>{CODE}</c> in it, from the allow-list; instead of a profile.</summary>
    public string? Origin { get; init; }

    /// <summary>Downloads in flight at most (default: 20).</summary>
    public int? Concurrency { get; init; }

    /// <summary>Measured rounds (default: 1).</summary>
    public int? Rounds { get; init; }

    /// <summary>
    /// Measure more rounds, from <see cref="Rounds"/> (then 6 by default) to <see cref="MaxRounds"/>, until the 95 % interval of every strategy's speed-up
    /// (of its time, where there is no sequential run to hold it against) reaches no further than this share of the median to either side: 0.05 is plus or minus 5 % (default: exactly <see cref="Rounds"/>).
    /// </summary>
    public double? CiWidth { get; init; }

    /// <summary>Most rounds with <see cref="CiWidth"/> (default: 30).</summary>
    public int? MaxRounds { get; init; }

    /// <summary>Whether an unmeasured round goes first (default: true).</summary>
    public bool? Warmup { get; init; }

    /// <summary>none (default) or brotli.</summary>
    public string? Work { get; init; }

    /// <summary>Brotli's quality, 0 to 11 (default: 11, which is CPU-bound). Only with work brotli.</summary>
    public int? Quality { get; init; }

    /// <summary>Whether the CPU part of every download must hold one process-wide lock, as under CPython's GIL (default: false).</summary>
    public bool? InterpreterLock { get; init; }

    /// <summary>Seed of the origin's draws; round r uses seed + r (default: 1).</summary>
    public int? Seed { get; init; }

    /// <summary>force (default) or refresh.</summary>
    public string? Mode { get; init; }

    /// <summary>How long one request to the origin may take, seconds (default: the silo's configuration).</summary>
    public double? AttemptTimeoutSeconds { get; init; }

    /// <summary>Requests after the first that a flag may take (default: the silo's configuration).</summary>
    public int? Retries { get; init; }

    /// <summary>Whether requests share one client and its connections (default: true); false is a client of its own for each request.</summary>
    public bool? ConnectionReuse { get; init; }
}
