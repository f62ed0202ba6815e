using FlagCloud.Dashboard.Resources;

namespace FlagCloud.Dashboard.Pages;

/// <summary>Resources in columns: who needs another stands left of it.</summary>
internal sealed record GraphLayout(
    IReadOnlyList<GraphNode> Nodes, IReadOnlyList<(GraphNode From, GraphNode To)> Edges, int Width, int Height)
{
    public const int NodeWidth = 170;
    public const int NodeHeight = 54;
    const int ColumnStep = 270;
    const int RowStep = 84;
    const int Margin = 20;

    public static GraphLayout Of(IReadOnlyList<ResourceSnapshot> resources)
    {
        var byName = resources.ToDictionary(resource => resource.Name);
        var columns = resources.ToDictionary(resource => resource.Name, _ => 0);
        // As many rounds as there are resources settle every chain; a circle of references just stops there.
        for (var round = 0; round < resources.Count; round++)
            foreach (var resource in resources)
                foreach (var reference in resource.References.Where(reference => byName.ContainsKey(reference.Resource) && reference.Resource != resource.Name))
                    columns[reference.Resource] = Math.Min(resources.Count - 1, Math.Max(columns[reference.Resource], columns[resource.Name] + 1));
        var nodes = resources.GroupBy(resource => columns[resource.Name])
            .SelectMany(column => column.Select((resource, row) => new GraphNode(resource, Margin + column.Key * ColumnStep, Margin + row * RowStep)))
            .ToDictionary(node => node.Resource.Name);
        var edges = resources.SelectMany(resource => resource.References.Select(reference => reference.Resource).Distinct()
            .Where(name => name != resource.Name && nodes.ContainsKey(name)).Select(name => (nodes[resource.Name], nodes[name])));
        return new GraphLayout([.. nodes.Values], [.. edges],
            nodes.Values.Select(node => node.X + NodeWidth + Margin).DefaultIfEmpty(1).Max(),
            nodes.Values.Select(node => node.Y + NodeHeight + Margin).DefaultIfEmpty(1).Max());
    }
}
