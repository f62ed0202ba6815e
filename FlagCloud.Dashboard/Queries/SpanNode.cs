using FlagCloud.Dashboard.Telemetry;

namespace FlagCloud.Dashboard.Queries;

/// <summary>A span in its tree, with what its subtree amounts to.</summary>
internal sealed class SpanNode(Span span)
{
    public Span Span => span;
    public List<SpanNode> Children { get; } = [];
    public int Size { get; set; }
    public int Errors { get; set; }

    /// <summary>The subtree has a span that is searched for.</summary>
    public bool LeadsToMatch { get; set; }
    public bool IsMatch { get; set; }
}
