namespace FlagCloud.Contracts;

/// <summary>A question that can be answered by experiment (<c>GET /api/questions</c>).</summary>
/// <param name="Explanation">What is behind it, for a newcomer.</param>
/// <param name="Expectation">What the experiment is to confirm or to refute.</param>
/// <param name="Trials">Names of the trials that a round consists of.</param>
/// <param name="LastAnswer">Id of the newest answer; null if there is none.</param>
[GenerateSerializer, Immutable, Alias("FlagCloud.QuestionInfo")]
public sealed record QuestionInfo(
    [property: Id(0)] int Number,
    [property: Id(1)] string Id,
    [property: Id(2)] string Title,
    [property: Id(3)] string Explanation,
    [property: Id(4)] string Expectation,
    [property: Id(5)] IReadOnlyList<string> Trials,
    [property: Id(6)] string? LastAnswer);
