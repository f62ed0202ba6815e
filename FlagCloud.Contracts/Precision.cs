namespace FlagCloud.Contracts;

/// <summary>How the number of rounds was chosen.</summary>
/// <param name="Wanted">Half width of an interval, as a share of its median, that was to be reached.</param>
/// <param name="Reached">The widest that was left; null where there were too few rounds for an interval.</param>
/// <param name="Rounds">Rounds that were measured.</param>
/// <param name="MaxRounds">Rounds at which it would have stopped in any case.</param>
/// <param name="Enough">Whether the intervals are as narrow as was wanted; if not, the ceiling ended it.</param>
[GenerateSerializer, Immutable, Alias("FlagCloud.Precision")]
public sealed record Precision(
    [property: Id(0)] double Wanted,
    [property: Id(1)] double? Reached,
    [property: Id(2)] int Rounds,
    [property: Id(3)] int MaxRounds,
    [property: Id(4)] bool Enough);
