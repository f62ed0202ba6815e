namespace FlagCloud.Dashboard.Telemetry;

/// <summary>
/// How much is held in memory; what is oldest goes first. The first four are Aspire's; the others bound what its limits leave
/// open, since a trace may have any number of spans and an instrument any number of series.
/// </summary>
public sealed record TelemetryLimits
{
    public int Logs { get; init; } = 10_000;
    public int Traces { get; init; } = 10_000;
    public int PointsPerSeries { get; init; } = 50_000;
    public int Attributes { get; init; } = 128;
    public int Spans { get; init; } = 200_000;
    public int Points { get; init; } = 1_000_000;
    public int SeriesPerInstrument { get; init; } = 10_000;
    public int Instruments { get; init; } = 10_000;
    public int Resources { get; init; } = 10_000;

    /// <summary>Longer strings are cut, and end in an ellipsis. In characters.</summary>
    public int TextLength { get; init; } = 32_768;
}
