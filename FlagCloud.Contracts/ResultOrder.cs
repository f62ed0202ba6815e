namespace FlagCloud.Contracts;

/// <summary>When results came, and in which order. Only futures that finished count. Seconds from the run's start.</summary>
/// <param name="RankCorrelation">Spearman's, of the order of completion with the order of submission: 1 is the same order; null for fewer than two.</param>
/// <param name="FirstSeconds">When the first result was there, taken as completed.</param>
/// <param name="MiddleSeconds">When half of them were.</param>
/// <param name="LastSeconds">When all of them were.</param>
/// <param name="FirstInOrderSeconds">When the first result is handed on by who takes them in the order of submission, as a map does.</param>
/// <param name="MiddleInOrderSeconds">When half of them are.</param>
[GenerateSerializer, Immutable, Alias("FlagCloud.ResultOrder")]
public sealed record ResultOrder(
    [property: Id(0)] double? RankCorrelation,
    [property: Id(1)] double FirstSeconds,
    [property: Id(2)] double MiddleSeconds,
    [property: Id(3)] double LastSeconds,
    [property: Id(4)] double FirstInOrderSeconds,
    [property: Id(5)] double MiddleInOrderSeconds);
