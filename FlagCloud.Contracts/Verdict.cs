namespace FlagCloud.Contracts;

/// <summary>What an experiment says of its question.</summary>
/// <param name="Sentence">In words that need no other knowledge than the question's explanation.</param>
[GenerateSerializer, Immutable, Alias("FlagCloud.Verdict")]
public sealed record Verdict(
    [property: Id(0)] VerdictKind Kind,
    [property: Id(1)] string Sentence,
    [property: Id(2)] IReadOnlyList<Figure> Figures);
