namespace FlagCloud.Contracts;

/// <summary>The run that is under way, as it stands (server-sent event <c>progress</c>).</summary>
/// <param name="RunNumber">Which run of the comparison this is, from 1.</param>
/// <param name="RunCount">Runs of the whole comparison, warm-up included.</param>
/// <param name="Downloads">The downloads that ended since the last event.</param>
/// <param name="Pending">Downloads that have not begun.</param>
/// <param name="Running">The futures that are running, in the order in which they were submitted.</param>
[GenerateSerializer, Immutable, Alias("FlagCloud.ComparisonProgress")]
public sealed record ComparisonProgress(
    [property: Id(0)] string Strategy,
    [property: Id(1)] int Round,
    [property: Id(2)] bool Warmup,
    [property: Id(3)] int RunNumber,
    [property: Id(4)] int RunCount,
    [property: Id(5)] int Requested,
    [property: Id(6)] int Finished,
    [property: Id(7)] int InFlight,
    [property: Id(8)] double ElapsedSeconds,
    [property: Id(9)] IReadOnlyList<Download> Downloads,
    [property: Id(10)] int Pending = 0,
    [property: Id(11)] IReadOnlyList<Future>? Running = null);
