using System.Diagnostics;
using FlagCloud.Dashboard.Queries;
using FlagCloud.Dashboard.Telemetry;
using static FlagCloud.Tests.Dashboard.OtlpRequests;

namespace FlagCloud.Tests.Dashboard;

public sealed class WaterfallTests
{
    [Fact]
    public void Comparison_is_grouped_by_strategy_with_its_flags_folded()
    {
        var rows = Rows(new WaterfallView { GroupBy = "strategy" }, Comparison(20));

        Assert.Equal(
            ["comparison", "  sequential", "    run sequential", "      flag × 20", "  async", "    run async", "      flag × 20"], rows);
    }

    [Fact]
    public void Opened_fold_shows_each_span_and_closed_group_hides_its_own()
    {
        var spans = Comparison(20);
        var closed = Waterfall.Build(spans, new WaterfallView { GroupBy = "strategy" });
        var fold = closed.Rows.First(row => row.IsFold).Key;
        var group = closed.Rows.Last(row => row.IsGroup).Key;

        var rows = Rows(new WaterfallView { GroupBy = "strategy", Open = new Dictionary<string, bool> { [fold] = true, [group] = false } }, spans);

        Assert.Equal(20, rows.Count(row => row.Trim() == "flag"));
        Assert.Equal("  async", rows[^1]);
    }

    [Fact]
    public void Span_that_is_to_be_seen_opens_what_it_is_folded_into()
    {
        var spans = Comparison(20);
        var hidden = spans.Last(span => span.Name == "flag");

        var waterfall = Waterfall.Build(spans, new WaterfallView { GroupBy = "strategy", Reveal = hidden.Id });

        Assert.Contains(waterfall.Rows, row => row.Span?.Id == hidden.Id);
        Assert.Single(waterfall.Rows, row => row.IsFold && row.IsOpen);
    }

    [Fact]
    public void Search_shows_what_matches_with_the_way_to_it()
    {
        var rows = Rows(new WaterfallView { GroupBy = "strategy", Search = "c7" }, Comparison(20));

        Assert.Equal(["comparison", "  sequential", "    run sequential", "      flag", "  async", "    run async", "      flag"], rows);
    }

    [Fact]
    public void Span_whose_parent_is_missing_is_a_root_and_a_circle_is_cut()
    {
        var rows = Rows(new WaterfallView(), Read(Span(1, 1, name: "root"), Span(1, 2, 99, "orphan", 1), Span(1, 3, 4, "x", 2), Span(1, 4, 3, "y", 3), Span(1, 5, 5, "self", 4)));

        Assert.Equal(["root", "orphan", "x", "  y", "self"], rows);
    }

    [Fact]
    public void Chain_of_thousands_is_built_without_end_of_the_stack()
    {
        var spans = Read([.. Enumerable.Range(1, 5000).Select(id => Span(1, id, id - 1, start: id))]);

        var waterfall = Waterfall.Build(spans, new WaterfallView());

        Assert.Equal(5000, waterfall.Depth);
        Assert.True(waterfall.Rows.Count > 900);
    }

    [Fact]
    public void Trace_of_many_thousand_spans_is_built_at_once()
    {
        var spans = Comparison(10_000);
        var clock = Stopwatch.StartNew();
        Waterfall.Build(spans, new WaterfallView { GroupBy = "strategy", Fold = false });

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(3));
    }

    static List<string> Rows(WaterfallView view, IReadOnlyList<Span> spans) =>
        [.. Waterfall.Build(spans, view).Rows.Select(row => new string(' ', row.Depth * 2) + row.Name)];

    static IReadOnlyList<Span> Comparison(int flags)
    {
        var spans = new List<FlagCloud.Dashboard.Wire.Span> { OtlpRequests.Span(1, 1, name: "comparison", milliseconds: 1000) };
        foreach (var (strategy, run) in new[] { ("sequential", 2), ("async", 3) })
        {
            spans.Add(OtlpRequests.Span(1, run, 1, $"run {strategy}", run, 100, Attribute("strategy", strategy)));
            spans.AddRange(Enumerable.Range(0, flags).Select(flag =>
                OtlpRequests.Span(1, run * 100_000 + flag, run, "flag", run, 10, Attribute("country", $"c{flag}"), Attribute("strategy", strategy))));
        }
        return Read([.. spans]);
    }

    static IReadOnlyList<Span> Read(params FlagCloud.Dashboard.Wire.Span[] spans)
    {
        var store = new TelemetryStore(new(), TimeProvider.System);
        store.Add(Traces("silo", spans));
        return store.Traces.Find(FlagCloud.Dashboard.Telemetry.TraceId.Read(OtlpRequests.TraceId(1).Span));
    }
}
