namespace FlagCloud.Silo.Flags;

/// <summary>One flag; its key is the country's code in lower case. The blob is its state.</summary>
[Alias("FlagCloud.IFlagGrain")]
public interface IFlagGrain : IGrainWithStringKey
{
    /// <summary>Downloads the flag and stores it. Never throws for what the origin or storage did: the result says it.</summary>
    [Alias("Download")] Task<Download> Download(DownloadOrder order, CancellationToken cancellationToken);
}

/// <summary>What a flag grain is asked to do: of the settings those that are about one flag, without the rest, which would cross grains a thousand times a second.</summary>
[GenerateSerializer, Immutable, Alias("FlagCloud.DownloadOrder")]
public sealed record DownloadOrder
{
    [Id(0)] public required string ComparisonId { get; init; }
    [Id(1)] public required int Run { get; init; } // Number of the comparison's run, from 1.
    [Id(4)] public required int Seed { get; init; } // Seed of this round's draws.
    [Id(2)] public required string Profile { get; init; }
    [Id(3)] public string? Origin { get; init; }
    [Id(5)] public FetchMode Mode { get; init; }
    [Id(6)] public WorkKind Work { get; init; }
    [Id(7)] public int Quality { get; init; } = 11;
    [Id(8)] public bool InterpreterLock { get; init; }
    [Id(9)] public TimeSpan? AttemptTimeout { get; init; }
    [Id(10)] public int? Retries { get; init; }
    [Id(11)] public bool ConnectionReuse { get; init; } = true;
}
