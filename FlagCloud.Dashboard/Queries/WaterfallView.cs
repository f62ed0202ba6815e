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

    /// <summary>Whether a row is open, by its key, where the reader said so; else groups and spans are, and folds are not.</summary>
    public IReadOnlyDictionary<string, bool> Open { get; init; } = new Dictionary<string, bool>();

    /// <summary>A span that is to be seen: what it is folded into is open.</summary>
    public SpanId Reveal { get; init; }

    public bool IsSearch => Search.Length > 0 || OnlyErrors || Filters.Any(filter => !filter.IsOff);

    public bool Matches(Span span) =>
        (!OnlyErrors || span.IsError)
        && SpanFields.Meets(span, Filters)
        && (Search.Length == 0
            || span.Name.Contains(Search, StringComparison.OrdinalIgnoreCase)
            || span.Id.ToString().StartsWith(Search, StringComparison.OrdinalIgnoreCase)
            || span.Attributes.Any(attribute => attribute.Text.Contains(Search, StringComparison.OrdinalIgnoreCase)));
}
