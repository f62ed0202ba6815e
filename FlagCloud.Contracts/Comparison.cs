namespace FlagCloud.Contracts;

/// <summary>Where a comparison is in its life. All but the first two are final.</summary>
public enum ComparisonStatus
{
    Queued,
    Running,
    Completed,
    Cancelled,
    Failed,
    /// <summary>There is a blob where its record should be, and no record can be read from it.</summary>
    Unreadable,
}

/// <summary>The record of one comparison, in blob storage and from the API. A question is one with named trials and a verdict on what was expected of them.</summary>
[Immutable]
public sealed record Comparison
{
    public required string Id { get; init; }
    public required ComparisonStatus Status { get; init; }
    /// <summary>Why it failed; null otherwise.</summary>
    public string? Reason { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    /// <summary>The trace that its runs are linked to, 32 hex digits; null where nothing listens.</summary>
    public string? TraceId { get; init; }
    /// <summary>Id of the question that it answers; null for a comparison of strategies.</summary>
    public string? Question { get; init; }
    /// <summary>Of a question, what all its trials have in common.</summary>
    public required ComparisonSettings Settings { get; init; }
    /// <summary>A question's trials; null where each strategy is one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Trial>? Trials { get; init; }
    public required ComparisonEnvironment Environment { get; init; }
    public IReadOnlyList<Run> Runs { get; init; } = [];
    /// <summary>Ranked by goodput, best first.</summary>
    public IReadOnlyList<StrategySummary> Summary { get; init; } = [];
    /// <summary>What may be said of the trials, in one sentence each; the first is the verdict.</summary>
    public IReadOnlyList<string> Conclusions { get; init; } = [];
    /// <summary>Where the rounds were chosen by the width of the intervals: how that ended; null otherwise.</summary>
    public Precision? Precision { get; init; }
    /// <summary>What it says of its question; null before its end, and where none was asked.</summary>
    public Verdict? Verdict { get; init; }
    /// <summary>When its silo was lost, and where and with what it was resumed; null if that never happened.</summary>
    public IReadOnlyList<string>? Interruptions { get; init; }
    /// <summary>Name of the silo that runs it, or ran it last; null before its turn.</summary>
    public string? Controller { get; init; }
    [JsonIgnore] public bool Ended => Status is not (ComparisonStatus.Queued or ComparisonStatus.Running);

    /// <summary>What a round runs, each once.</summary>
    public IReadOnlyList<Trial> AllTrials() => Trials ?? [.. Settings.Strategies.Select(strategy => new Trial(strategy, Settings with { Strategies = [strategy] }))];

    /// <summary>Runs in all, at most: with <see cref="ComparisonSettings.CiWidth"/> it can be enough before.</summary>
    public int MaxRuns() => (Trials?.Count ?? Settings.Strategies.Count) * (Settings.LastRound + (Settings.Warmup ? 1 : 0));
}

/// <summary>One way of doing the work, as each round does it once.</summary>
/// <param name="Settings">With exactly one strategy.</param>
public sealed record Trial(string Name, ComparisonSettings Settings)
{
    [JsonIgnore] public string Strategy => Settings.Strategies[0];
}

/// <summary>What is told of one trial.</summary>
public abstract record OfTrial
{
    [JsonPropertyOrder(-1)] public required string Strategy { get; init; }
    /// <summary>The trial's name; null where each strategy is one.</summary>
    [JsonPropertyOrder(-1), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Trial { get; init; }
    /// <summary>The trial's name where it has one of its own, else the strategy's.</summary>
    [JsonIgnore] public string Name => Trial ?? Strategy;
}

/// <summary>
/// One strategy, or one trial of a question, over the measured rounds: medians, and 95 % intervals between two of the values themselves, null for fewer than six
/// rounds. Warm-ups, interrupted and cancelled runs are left out.
/// </summary>
public sealed record StrategySummary : OfTrial
{
    public required int Rounds { get; init; }
    public required double MedianSeconds { get; init; }
    public double? CiLowSeconds { get; init; }
    public double? CiHighSeconds { get; init; }
    /// <summary>Median of the paired ratios sequential / this, round by round; null without a sequential run.</summary>
    public double? Speedup { get; init; }
    public double? SpeedupCiLow { get; init; }
    public double? SpeedupCiHigh { get; init; }
    /// <summary>Flags that are OK (or current, in refresh mode) per second of elapsed time.</summary>
    public required double GoodputPerSecond { get; init; }
    /// <summary>Share of the requested flags that are OK or not modified, 0 to 1.</summary>
    public required double SuccessRate { get; init; }
    /// <summary>Ideal / achieved, median over the rounds; 0 where the origin has no delays.</summary>
    public required double Efficiency { get; init; }
    /// <summary>The shortest time that the delays allow; 0 where there are none.</summary>
    public double IdealSeconds { get; init; }
    /// <summary>The speed-up that the ideal would have; null without a sequential run or without delays.</summary>
    public double? IdealSpeedup { get; init; }
    /// <summary>Most downloads in flight at once, as the strategy's own side counted.</summary>
    public int PeakInFlight { get; init; }
    /// <summary>Most requests in flight at once, as the origin counted; null for a foreign origin.</summary>
    public int? OriginPeakInFlight { get; init; }
    /// <summary>Most threads that were blocked on a download at once.</summary>
    public int BlockedThreads { get; init; }
    /// <summary>CPU time of a run in the controller's silo, without the runtime's compilation; null where no run can tell it.</summary>
    public double? CpuSeconds { get; init; }
}

/// <summary>On what a comparison ran. Figures of two comparisons may be held side by side only if these agree.</summary>
public sealed record ComparisonEnvironment
{
    public required string Machine { get; init; }
    public required string OperatingSystem { get; init; }
    public required int Cores { get; init; }
    public required string Runtime { get; init; }
    /// <summary>"server" or "workstation", and whether it is concurrent.</summary>
    public required string GcMode { get; init; }
    public required string BuildConfiguration { get; init; }
    /// <summary>Base address, or the URL template of a foreign origin; without credentials.</summary>
    public required string Origin { get; init; }
    /// <summary>The blob service's address, without credentials.</summary>
    public required string Storage { get; init; }
    /// <summary>Names of the cluster's active silos.</summary>
    public required IReadOnlyList<string> Silos { get; init; }
}

/// <summary>How the number of rounds was chosen.</summary>
/// <param name="Wanted">Half width of an interval, as a share of its median, that was to be reached.</param>
/// <param name="Reached">The widest that was left; null where there were too few rounds for an interval.</param>
/// <param name="Rounds">Rounds that were measured.</param>
/// <param name="MaxRounds">Rounds at which it would have stopped in any case.</param>
/// <param name="Enough">Whether the intervals are as narrow as was wanted; if not, the ceiling ended it.</param>
public sealed record Precision(double Wanted, double? Reached, int Rounds, int MaxRounds, bool Enough);
