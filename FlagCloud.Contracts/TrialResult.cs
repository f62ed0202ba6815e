namespace FlagCloud.Contracts;

/// <summary>One trial of an experiment: settings, and a run a round. Runs of the same round met the same delays and faults in every trial.</summary>
[GenerateSerializer, Immutable, Alias("FlagCloud.TrialResult")]
public sealed record TrialResult(
    [property: Id(0)] string Name,
    [property: Id(1)] ComparisonSettings Settings,
    [property: Id(2)] IReadOnlyList<Run> Runs);
