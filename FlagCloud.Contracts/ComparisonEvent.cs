namespace FlagCloud.Contracts;

/// <summary>
/// One event of <c>GET /api/comparisons/{id}/events</c>; exactly one part is set. Its name on the wire is <c>comparison</c> (a change of
/// status, and last of all the final record), <c>progress</c> or <c>run</c> (a run has ended).
/// </summary>
[GenerateSerializer, Immutable, Alias("FlagCloud.ComparisonEvent")]
public sealed record ComparisonEvent(
    [property: Id(0)] Comparison? Comparison = null,
    [property: Id(1)] ComparisonProgress? Progress = null,
    [property: Id(2)] Run? Run = null);
