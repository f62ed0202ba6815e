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

    /// <summary>Whether an unmeasured round goes first (default: true).</summary>
    public bool? Warmup { get; init; }

    /// <summary>none (default) or brotli.</summary>
    public string? Work { get; init; }

    /// <summary>Whether the CPU part of every download must hold one process-wide lock, as under CPython's GIL (default: false).</summary>
    public bool? InterpreterLock { get; init; }

    /// <summary>Seed of the origin's draws; round r uses seed + r (default: 1).</summary>
    public int? Seed { get; init; }

    /// <summary>force (default) or refresh.</summary>
    public string? Mode { get; init; }
}
