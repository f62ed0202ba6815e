namespace FlagCloud.Contracts;

/// <summary>A request after validation: every default filled in, every country resolved to its code (lower case, each once).</summary>
[GenerateSerializer, Immutable, Alias("FlagCloud.ComparisonSettings")]
public sealed record ComparisonSettings(
    [property: Id(0)] IReadOnlyList<string> Strategies,
    [property: Id(1)] IReadOnlyList<string> Countries,
    [property: Id(2)] string Profile,
    [property: Id(3)] string? Origin,
    [property: Id(4)] int Concurrency,
    [property: Id(5)] int Rounds,
    [property: Id(6)] bool Warmup,
    [property: Id(7)] WorkKind Work,
    [property: Id(8)] bool InterpreterLock,
    [property: Id(9)] int Seed,
    [property: Id(10)] FetchMode Mode);
