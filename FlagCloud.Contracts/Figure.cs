namespace FlagCloud.Contracts;

/// <summary>One figure of an answer: a median over the rounds.</summary>
/// <param name="Unit">Such as "s", "x" (a ratio) or "flags/s"; empty for a count.</param>
/// <param name="Low">Lower end of the 95 % interval; null, as <paramref name="High"/>, where none is known.</param>
/// <param name="Expected">What it had to be for the expectation to hold; null for a figure that decides nothing.</param>
[GenerateSerializer, Immutable, Alias("FlagCloud.Figure")]
public sealed record Figure(
    [property: Id(0)] string Name,
    [property: Id(1)] double Value,
    [property: Id(2)] string Unit,
    [property: Id(3)] double? Low,
    [property: Id(4)] double? High,
    [property: Id(5)] string? Expected);
