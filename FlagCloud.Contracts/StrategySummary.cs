namespace FlagCloud.Contracts;

/// <summary>One strategy over the measured rounds. Intervals are 95 % bootstrap intervals, null where there are fewer than five rounds.</summary>
/// <param name="Speedup">Median of the paired ratios sequential / this, round by round; null without a sequential run.</param>
/// <param name="GoodputPerSecond">Flags that are OK (or current, in refresh mode) per second of elapsed time.</param>
/// <param name="SuccessRate">Share of the requested flags that are OK or not modified, 0 to 1.</param>
/// <param name="Efficiency">Ideal / achieved, median over the rounds.</param>
[GenerateSerializer, Immutable, Alias("FlagCloud.StrategySummary")]
public sealed record StrategySummary(
    [property: Id(0)] string Strategy,
    [property: Id(1)] int Rounds,
    [property: Id(2)] double MedianSeconds,
    [property: Id(3)] double? CiLowSeconds,
    [property: Id(4)] double? CiHighSeconds,
    [property: Id(5)] double? Speedup,
    [property: Id(6)] double? SpeedupCiLow,
    [property: Id(7)] double? SpeedupCiHigh,
    [property: Id(8)] double GoodputPerSecond,
    [property: Id(9)] double SuccessRate,
    [property: Id(10)] double Efficiency);
