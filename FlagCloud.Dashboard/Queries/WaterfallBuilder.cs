using FlagCloud.Dashboard.Telemetry;

namespace FlagCloud.Dashboard.Queries;

internal sealed class WaterfallBuilder(IReadOnlyList<Span> spans, WaterfallView view)
{
    const int DeepestShown = 1_000;
    readonly List<WaterfallRow> _rows = [];
    readonly HashSet<SpanId> _revealed = Ancestry(spans, view.Reveal);
    int _matches;

    public Waterfall Build()
    {
        var (roots, depth) = SpanTree.Build(spans, view.Matches);
        _matches = view.IsSearch ? spans.Count(view.Matches) : 0;
        AddSiblings(roots, 0, "", insideGroup: view.GroupBy is null);
        return new Waterfall(_rows, spans.Min(span => span.Start), spans.Max(span => span.End), depth, _matches);
    }

    void AddSiblings(IEnumerable<SpanNode> siblings, int depth, string path, bool insideGroup)
    {
        var shown = siblings.Where(node => !view.IsSearch || node.LeadsToMatch).OrderBy(node => node.Span.Start).ToList();
        var tagged = insideGroup ? [] : shown.Where(node => TagOf(node.Span) is not null).ToList();
        foreach (var group in tagged.GroupBy(node => TagOf(node.Span)!))
            AddGroup(group.Key, [.. group], depth, path);
        AddFolded(tagged.Count == 0 ? shown : [.. shown.Where(node => TagOf(node.Span) is null)], depth, path, insideGroup);
    }

    void AddGroup(string value, List<SpanNode> nodes, int depth, string path)
    {
        var key = $"group:{path}/{value}";
        var row = Several(key, depth, value, nodes);
        _rows.Add(row);
        if (row.IsOpen) AddSiblings(nodes, depth + 1, key, insideGroup: true);
    }

    // Where they are searched among, the ones found are shown one by one.
    void AddFolded(List<SpanNode> nodes, int depth, string path, bool insideGroup)
    {
        if (!view.Fold || view.IsSearch || nodes.Count < Waterfall.FoldFrom)
        {
            foreach (var node in nodes)
                AddSpan(node, depth, insideGroup);
            return;
        }
        var alike = nodes.GroupBy(node => (node.Span.Name, node.Span.Resource.Name)).ToDictionary(group => group.Key, group => group.ToList());
        foreach (var node in nodes)
        {
            var same = alike[(node.Span.Name, node.Span.Resource.Name)];
            if (same.Count < Waterfall.FoldFrom) AddSpan(node, depth, insideGroup);
            else if (same[0] == node) AddFold(same, depth, path, insideGroup);
        }
    }

    void AddFold(List<SpanNode> same, int depth, string path, bool insideGroup)
    {
        var row = Several($"fold:{path}/{same[0].Span.ParentId}/{same[0].Span.Name}", depth, $"{same[0].Span.Name} × {same.Count}", same);
        _rows.Add(row);
        if (!row.IsOpen) return;
        foreach (var node in same)
            AddSpan(node, depth + 1, insideGroup);
    }

    void AddSpan(SpanNode node, int depth, bool insideGroup)
    {
        var key = node.Span.Id.ToString();
        var isOpen = view.Open.GetValueOrDefault(key, true);
        _rows.Add(new WaterfallRow(key, depth, node.Span.Name, node.Span, node.Span.Start, node.Span.End)
        {
            HasChildren = node.Children.Count > 0,
            IsOpen = isOpen,
            IsMatch = view.IsSearch && node.IsMatch,
            Descendants = node.Size - 1,
            Errors = node.Errors,
        });
        if (isOpen && depth < DeepestShown) AddSiblings(node.Children, depth + 1, key, insideGroup);
    }

    WaterfallRow Several(string key, int depth, string name, List<SpanNode> nodes)
    {
        var startsOpen = key.StartsWith("group:", StringComparison.Ordinal) || nodes.Exists(node => _revealed.Contains(node.Span.Id));
        return new WaterfallRow(key, depth, name, null, nodes.Min(node => node.Span.Start), nodes.Max(node => node.Span.End))
        {
            Members = [.. nodes.Select(node => node.Span)],
            HasChildren = true,
            IsOpen = view.Open.GetValueOrDefault(key, startsOpen),
            Descendants = nodes.Sum(node => node.Size),
            Errors = nodes.Sum(node => node.Errors),
        };
    }

    static HashSet<SpanId> Ancestry(IReadOnlyList<Span> spans, SpanId of)
    {
        var line = new HashSet<SpanId>();
        if (of.IsNone) return line;
        var parents = new Dictionary<SpanId, SpanId>(spans.Count);
        foreach (var span in spans)
            parents[span.Id] = span.ParentId;
        while (parents.TryGetValue(of, out var parent) && line.Add(of))
            of = parent;
        return line;
    }

    string? TagOf(Span span) => span.Attributes.Find(view.GroupBy!);
}
