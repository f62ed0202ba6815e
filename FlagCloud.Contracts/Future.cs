namespace FlagCloud.Contracts;

/// <summary>A download as a future that has not ended. Times are seconds from the run's start.</summary>
/// <param name="PendingSeconds">When it was submitted.</param>
/// <param name="RunningSeconds">When it began; null while it is pending.</param>
[GenerateSerializer, Immutable, Alias("FlagCloud.Future")]
public sealed record Future(
    [property: Id(0)] string Country,
    [property: Id(1)] FutureState State,
    [property: Id(2)] double PendingSeconds,
    [property: Id(3)] double? RunningSeconds);
