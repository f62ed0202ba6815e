namespace FlagCloud.Contracts;

/// <summary>What the figures say of an expectation.</summary>
public enum VerdictKind
{
    Holds,
    DoesNotHold,
    /// <summary>The intervals are too wide, or what would be needed could not be measured here.</summary>
    CannotBeTold,
}

/// <summary>What a comparison says of its question.</summary>
/// <param name="Sentence">In words that need no other knowledge than the question's explanation.</param>
public sealed record Verdict(VerdictKind Kind, string Sentence, IReadOnlyList<Figure> Figures);

/// <summary>One figure of a verdict: a median over the rounds.</summary>
/// <param name="Unit">Such as "s", "x" (a ratio) or "flags/s"; empty for a count.</param>
/// <param name="Low">Lower end of the 95 % interval; null, as <paramref name="High"/>, where none is known.</param>
/// <param name="Expected">What it had to be for the expectation to hold; null for a figure that decides nothing.</param>
public sealed record Figure(string Name, double Value, string Unit, double? Low, double? High, string? Expected);

/// <summary>A question that can be answered by experiment (<c>GET /api/questions</c>).</summary>
/// <param name="Explanation">What is behind it, for a newcomer.</param>
/// <param name="Expectation">What the experiment is to confirm or to refute.</param>
/// <param name="Trials">Names of the trials that a round consists of.</param>
/// <param name="LastAnswer">Id of the newest comparison that was to answer it; null if there is none.</param>
public sealed record QuestionInfo(int Number, string Id, string Title, string Explanation, string Expectation, IReadOnlyList<string> Trials, string? LastAnswer = null);
