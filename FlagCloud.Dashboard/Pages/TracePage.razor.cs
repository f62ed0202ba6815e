using FlagCloud.Dashboard.Queries;
using FlagCloud.Dashboard.Telemetry;
using Microsoft.AspNetCore.Components;

namespace FlagCloud.Dashboard.Pages;

public sealed partial class TracePage
{
    const int TagsOffered = 12;
    const int RowHeight = 28;
    readonly Dictionary<string, bool> _open = [];
    IReadOnlyList<Span> _all = [];
    IReadOnlyList<Span> _spans = [];
    IReadOnlyList<LogEntry> _logs = [];
    IReadOnlyList<string> _tags = [];
    IReadOnlyList<string> _keys = [];
    IReadOnlyList<Span> _linkedFrom = [];
    IReadOnlyList<DashboardLink> _links = [];
    Waterfall _waterfall = Waterfall.Build([], new());
    WaterfallView _view = new();
    Span? _selected;
    string _root = "";
    int _errors;

    [Parameter] public string TraceText { get; set; } = "";
    [SupplyParameterFromQuery] public string? Search { get; set; }
    [SupplyParameterFromQuery] public string? Group { get; set; }
    [SupplyParameterFromQuery] public bool? Fold { get; set; }
    [SupplyParameterFromQuery] public bool Errors { get; set; }
    [SupplyParameterFromQuery] public string? Branch { get; set; }
    [SupplyParameterFromQuery] public string? Filter { get; set; }
    [SupplyParameterFromQuery(Name = "span")] public string? SpanText { get; set; }

    // Virtualize tells its rows apart by the list that it was given.
    ICollection<WaterfallRow> Rows => (ICollection<WaterfallRow>)_waterfall.Rows;

    protected override void Load()
    {
        var id = TraceId.Parse(TraceText);
        _all = Store.Traces.Find(id);
        var branch = SpanId.Parse(Branch);
        var spans = branch.IsNone ? _all : SpanTree.Branch(_all, branch);
        if (spans.Count != _spans.Count) ReadTags(spans);
        _spans = spans;
        _errors = spans.Count(span => span.IsError);
        _logs = Store.Logs.OfTrace(id);
        var root = spans.FirstOrDefault(span => span.ParentId.IsNone) ?? (spans.Count == 0 ? null : spans[0]);
        _root = root?.Name ?? "";
        _links = root is null ? [] : [.. root.Attributes.Select(tag => Options.LinkOf(tag.Key, tag.Text)).OfType<DashboardLink>()];
        Arrange();
        var selected = SpanId.Parse(SpanText);
        _selected = selected.IsNone ? null : spans.FirstOrDefault(span => span.Id == selected);
        _linkedFrom = _selected is null ? [] : Store.Traces.LinkingTo(id, selected);
    }

    void Arrange()
    {
        _view = new WaterfallView
        {
            GroupBy = Group == "none" ? null : Group ?? Options.GroupingTags.FirstOrDefault(_keys.Contains),
            Fold = Fold ?? true,
            Search = Search ?? "",
            OnlyErrors = Errors,
            Filters = FilterAddress.Read(Filter),
            Open = _open,
            Reveal = SpanId.Parse(SpanText),
        };
        _waterfall = Waterfall.Build(_spans, _view);
    }

    // A tag to group by has few values for many spans.
    void ReadTags(IReadOnlyList<Span> spans)
    {
        var values = new Dictionary<string, HashSet<string>>();
        foreach (var span in spans)
            foreach (var tag in span.Attributes)
            {
                if (!values.TryGetValue(tag.Key, out var known)) values[tag.Key] = known = [];
                if (known.Count <= TagsOffered) known.Add(tag.Text);
            }
        _keys = [.. values.Keys.Order(StringComparer.Ordinal)];
        _tags = [.. values.Where(pair => pair.Value.Count <= TagsOffered).Select(pair => pair.Key).Order(StringComparer.Ordinal)];
    }

    // In pixels, as the rows are drawn; null when nothing is selected.
    int? SelectedAt => _selected is null ? null : _waterfall.Rows.Select((row, index) => (row, index))
        .Where(pair => pair.row.Span?.Id == _selected.Id).Select(pair => (int?)(pair.index * RowHeight)).FirstOrDefault();

    IEnumerable<string> Values(string field) => _spans.Select(span => SpanFields.Of(span, field)).OfType<string>().Distinct().Take(30);

    string LinkTo(TraceId trace, SpanId span) => Link($"/traces/{trace}", ("span", span.ToString()));

    string LogLink(LogEntry entry) => Link("/logs", ("trace", TraceText), ("log", entry.Number));

    void Toggle(WaterfallRow row)
    {
        _open[row.Key] = !row.IsOpen;
        Arrange();
    }

    // Opening all leaves folds folded: each of them stands for many rows alike.
    void CloseAll(bool close)
    {
        _open.Clear();
        Arrange();
        if (!close) return;
        foreach (var row in _waterfall.Rows.Where(row => row.HasChildren && row.Depth > 0))
            _open[row.Key] = false;
        Arrange();
    }
}
