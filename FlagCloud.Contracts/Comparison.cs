namespace FlagCloud.Contracts;

/// <summary>The record of one comparison, as it lies in blob storage and as the API returns it.</summary>
/// <param name="Reason">Why it failed; null otherwise.</param>
/// <param name="TraceId">The trace that its spans belong to, 32 hex digits; null where nothing listens.</param>
/// <param name="Summary">Ranked by goodput, best first.</param>
/// <param name="Precision">Where the rounds were chosen by the width of the intervals: how that ended; null otherwise.</param>
/// <param name="Conclusions">What may be said of each pair of strategies, in one sentence each.</param>
/// <param name="Interruptions">When its silo was lost, and where and with what it was resumed; null if that never happened.</param>
/// <param name="Controller">Name of the silo that runs it, or ran it last; null before its turn.</param>
[GenerateSerializer, Immutable, Alias("FlagCloud.Comparison")]
public sealed record Comparison(
    [property: Id(0)] string Id,
    [property: Id(1)] ComparisonStatus Status,
    [property: Id(2)] string? Reason,
    [property: Id(3)] DateTimeOffset CreatedAt,
    [property: Id(4)] DateTimeOffset? StartedAt,
    [property: Id(5)] DateTimeOffset? EndedAt,
    [property: Id(6)] string? TraceId,
    [property: Id(7)] ComparisonSettings Settings,
    [property: Id(8)] ComparisonEnvironment Environment,
    [property: Id(9)] IReadOnlyList<Run> Runs,
    [property: Id(10)] IReadOnlyList<StrategySummary> Summary,
    [property: Id(11)] IReadOnlyList<string> Conclusions,
    [property: Id(100)] IReadOnlyList<string>? Interruptions = null,
    [property: Id(101)] string? Controller = null,
    [property: Id(12)] Precision? Precision = null)
{
    /// <summary>Whether nothing will change any more.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool Ended => Status is ComparisonStatus.Completed or ComparisonStatus.Cancelled or ComparisonStatus.Failed;
}
