using FlagCloud.Dashboard.Telemetry;

namespace FlagCloud.Dashboard.Queries;

/// <summary>Spans by parent. A span whose parent is missing, or that is its own ancestor, is a root: telemetry comes late, broken, or from elsewhere.</summary>
internal static class SpanTree
{
    public static (List<SpanNode> Roots, int Depth) Build(IReadOnlyList<Span> spans, Func<Span, bool> isMatch)
    {
        var nodes = new Dictionary<SpanId, SpanNode>(spans.Count);
        foreach (var span in spans)
            nodes[span.Id] = new SpanNode(span) { IsMatch = isMatch(span) };
        var roots = new List<SpanNode>();
        foreach (var node in nodes.Values)
            if (nodes.TryGetValue(node.Span.ParentId, out var parent) && parent != node)
                parent.Children.Add(node);
            else
                roots.Add(node);
        CutCycles(nodes, roots);
        return (roots, Summarise(roots));
    }

    /// <summary>A span and all below it; empty when it is not among them.</summary>
    public static IReadOnlyList<Span> Branch(IReadOnlyList<Span> spans, SpanId of)
    {
        var children = spans.ToLookup(span => span.ParentId);
        var branch = new Dictionary<SpanId, Span>();
        var pending = new Queue<Span>(spans.Where(span => span.Id == of));
        while (pending.TryDequeue(out var span))
            if (branch.TryAdd(span.Id, span))
                foreach (var child in children[span.Id])
                    pending.Enqueue(child);
        return [.. branch.Values.OrderBy(span => span.Start)];
    }

    // What no root leads to goes round in a circle; one of each circle becomes a root.
    static void CutCycles(Dictionary<SpanId, SpanNode> nodes, List<SpanNode> roots)
    {
        var reached = new HashSet<SpanNode>();
        var pending = new Stack<SpanNode>(roots);
        Reach(pending, reached);
        foreach (var node in nodes.Values)
        {
            if (reached.Contains(node)) continue;
            nodes[node.Span.ParentId].Children.Remove(node);
            roots.Add(node);
            pending.Push(node);
            Reach(pending, reached);
        }
    }

    static void Reach(Stack<SpanNode> pending, HashSet<SpanNode> reached)
    {
        while (pending.TryPop(out var node))
            if (reached.Add(node))
                foreach (var child in node.Children)
                    pending.Push(child);
    }

    // Without recursion: a trace may be deeper than the stack.
    static int Summarise(List<SpanNode> roots)
    {
        var order = new List<SpanNode>();
        var pending = new Stack<(SpanNode Node, int Depth)>(roots.Select(root => (root, 1)));
        var deepest = 0;
        while (pending.TryPop(out var next))
        {
            order.Add(next.Node);
            deepest = Math.Max(deepest, next.Depth);
            foreach (var child in next.Node.Children)
                pending.Push((child, next.Depth + 1));
        }
        for (var i = order.Count - 1; i >= 0; i--)
        {
            var node = order[i];
            node.Size = 1 + node.Children.Sum(child => child.Size);
            node.Errors = (node.Span.IsError ? 1 : 0) + node.Children.Sum(child => child.Errors);
            node.LeadsToMatch = node.IsMatch || node.Children.Any(child => child.LeadsToMatch);
        }
        return deepest;
    }
}
