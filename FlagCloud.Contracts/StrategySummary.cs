namespace FlagCloud.Contracts;

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

    /// <summary>The most of all rounds, counted as in a <see cref="Run"/>.</summary>
    public int PeakInFlight { get; init; }
    public int? OriginPeakInFlight { get; init; }
    public int BlockedThreads { get; init; }

    /// <summary>CPU time that a run caused in the controller's silo; null where no run can tell it.</summary>
    public double? CpuSeconds { get; init; }
}
