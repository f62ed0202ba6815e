using FlagCloud.Dashboard.Telemetry;

namespace FlagCloud.Dashboard.Queries;

/// <summary>What a span is about, by the semantic conventions of its attributes.</summary>
public static class SpanTypes
{
    static readonly (string Prefix, SpanType Type)[] Prefixes =
    [
        ("db.", SpanType.Database), ("messaging.", SpanType.Messaging), ("rpc.", SpanType.Rpc), ("az.", SpanType.Storage),
        ("azure.", SpanType.Storage), ("aws.", SpanType.Storage), ("http.", SpanType.Http),
    ];

    public static SpanType Of(Span span)
    {
        foreach (var (prefix, type) in Prefixes)
            foreach (var attribute in span.Attributes)
                if (attribute.Key.StartsWith(prefix, StringComparison.Ordinal))
                    return type;
        return SpanType.Other;
    }
}
