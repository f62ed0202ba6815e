using FlagCloud.Dashboard.Telemetry;

namespace FlagCloud.Dashboard.Queries;

/// <summary>What a chart and the table beside it show.</summary>
public sealed record MetricChart(Instrument Instrument, Aggregate Aggregate, IReadOnlyList<long> Times)
{
    /// <summary>The lines, in the order of <see cref="Groups"/>.</summary>
    public required IReadOnlyList<MetricLine> Lines { get; init; }
    public required IReadOnlyList<MetricGroup> Groups { get; init; }
    public required IReadOnlyList<ChartExemplar> Exemplars { get; init; }

    /// <summary>Every tag of the instrument with its values, to group and to filter by.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Tags { get; init; }

    /// <summary>The client's library gave up telling series apart, and says so in one called overflow.</summary>
    public required bool HasOverflow { get; init; }
}
