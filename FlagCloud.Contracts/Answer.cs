namespace FlagCloud.Contracts;

/// <summary>The record of one experiment on one question, as it lies in blob storage and as the API returns it.</summary>
/// <param name="Question">The question's id.</param>
/// <param name="Reason">Why it failed; null otherwise.</param>
/// <param name="Doing">What is under way; null once it has ended.</param>
/// <param name="Precision">How the number of rounds was chosen; null before the first look.</param>
/// <param name="Verdict">Null until it is completed.</param>
/// <param name="Interruptions">When and where it was resumed, because its silo was lost or stopped.</param>
[GenerateSerializer, Immutable, Alias("FlagCloud.Answer")]
public sealed record Answer(
    [property: Id(0)] string Id,
    [property: Id(1)] string Question,
    [property: Id(2)] ComparisonStatus Status,
    [property: Id(3)] string? Reason,
    [property: Id(4)] DateTimeOffset CreatedAt,
    [property: Id(5)] DateTimeOffset? StartedAt,
    [property: Id(6)] DateTimeOffset? EndedAt,
    [property: Id(7)] ComparisonEnvironment Environment,
    [property: Id(8)] string? Doing,
    [property: Id(9)] Precision? Precision,
    [property: Id(10)] Verdict? Verdict,
    [property: Id(11)] IReadOnlyList<TrialResult> Trials,
    [property: Id(12)] IReadOnlyList<string>? Interruptions = null)
{
    /// <summary>Whether nothing will change any more.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool Ended => Status is ComparisonStatus.Completed or ComparisonStatus.Cancelled or ComparisonStatus.Failed;
}
