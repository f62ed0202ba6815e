using FlagCloud.Dashboard.Telemetry;

namespace FlagCloud.Dashboard.Queries;

/// <summary>How a reader wants to see a trace.</summary>
public sealed record WaterfallView
{
    /// <summary>The tag to group by; null for none.</summary>
    public string? GroupBy { get; init; }

    /// <summary>Rows alike become one.</summary>
    public bool Fold { get; init; } = true;
    public string Search { get; init; } = "";
    public bool OnlyErrors { get; init; }
    public IReadOnlyList<FieldFilter> Filters { get; init; } = [];

    /// <summary>The keys of rows whose state is not the one that they begin with: groups and spans begin open, folds closed.</summary>
    public IReadOnlySet<string> Toggled { get; init; } = new HashSet<string>();

    public bool IsSearch => Search.Length > 0 || OnlyErrors || Filters.Any(filter => !filter.IsOff);

    public bool Matches(Span span) =>
        (!OnlyErrors || span.IsError)
        && SpanFields.Meets(span, Filters)
        && (Search.Length == 0
            || span.Name.Contains(Search, StringComparison.OrdinalIgnoreCase)
            || span.Id.ToString().StartsWith(Search, StringComparison.OrdinalIgnoreCase)
            || span.Attributes.Any(attribute => attribute.Text.Contains(Search, StringComparison.OrdinalIgnoreCase)));
}
