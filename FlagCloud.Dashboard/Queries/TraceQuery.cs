using FlagCloud.Dashboard.Telemetry;

namespace FlagCloud.Dashboard.Queries;

/// <summary>Which traces a page wants.</summary>
public sealed record TraceQuery
{
    public string? Resource { get; init; }
    public string Text { get; init; } = "";
    public bool OnlyErrors { get; init; }
    public SpanType? Type { get; init; }

    /// <summary>One span of the trace must meet them all.</summary>
    public IReadOnlyList<FieldFilter> Filters { get; init; } = [];

    /// <summary>Those that match, newest first.</summary>
    public IReadOnlyList<TraceSummary> Run(TraceStore traces)
    {
        var filters = Filters.Where(filter => !filter.IsOff).ToArray();
        var bySpan = filters.Length > 0 || Type is not null
            ? traces.Where(span => SpanFields.Meets(span, filters) && (Type is null || SpanTypes.Of(span) == Type))
            : null;
        return [.. traces.List().Where(trace => Admits(trace) && bySpan?.Contains(trace.Id) != false).OrderByDescending(trace => trace.Start)];
    }

    bool Admits(TraceSummary trace) =>
        (!OnlyErrors || trace.Errors > 0)
        && trace.Resources.Any(share => ResourceChoice.Admits(Resource, share.Resource))
        && (Text.Length == 0 || trace.Root.Name.Contains(Text, StringComparison.OrdinalIgnoreCase)
            || trace.Id.ToString().StartsWith(Text, StringComparison.OrdinalIgnoreCase));
}
