using FlagCloud.Dashboard.Queries;
using FlagCloud.Dashboard.Telemetry;
using static FlagCloud.Tests.Dashboard.OtlpRequests;

namespace FlagCloud.Tests.Dashboard;

public sealed class TraceStoreTests
{
    [Fact]
    public void Late_span_joins_its_trace_and_the_true_root_names_it()
    {
        var store = Store();
        store.Add(Traces("silo", Span(1, 2, parent: 1, "child", start: 5)));
        Assert.Equal("child", store.Traces.List().Single().Root.Name);

        store.Add(Traces("origin", Span(1, 3, parent: 2, "grandchild", start: 6)));
        store.Add(Traces("silo", Span(1, 1, name: "root", milliseconds: 20)));

        var trace = store.Traces.List().Single();
        Assert.Equal(("root", 3, 20_000_000), (trace.Root.Name, trace.Spans, trace.Duration));
        Assert.Equal([("silo", 2), ("origin", 1)], trace.Resources.Select(share => (share.Resource.Name, share.Spans)));
    }

    [Fact]
    public void Span_that_is_sent_again_is_held_once()
    {
        var store = Store();
        store.Add(Traces("a", Span(1, 1)));
        store.Add(Traces("a", Span(1, 1, milliseconds: 30)));

        Assert.Equal(1, store.Traces.Spans.Count);
        Assert.Equal(30_000_000, store.Traces.All().Single().Duration);
    }

    [Fact]
    public void Oldest_trace_goes_first_and_is_counted()
    {
        var store = Store(new TelemetryLimits { Traces = 3 });
        foreach (var trace in Enumerable.Range(1, 5))
            store.Add(Traces("a", Span(trace, 1, name: $"t{trace}"), Span(trace, 2, 1)));

        Assert.Equal(["t3", "t4", "t5"], store.Traces.List().Select(trace => trace.Root.Name));
        Assert.Equal(new Held(3, 2, 3), store.Traces.Traces);
        Assert.Equal(6, store.Traces.Spans.Count);
    }

    [Fact]
    public void Span_limit_lets_other_traces_go_and_then_refuses_what_one_trace_has_too_many()
    {
        var store = Store(new TelemetryLimits { Spans = 10 });
        store.Add(Traces("a", Enumerable.Range(1, 4).Select(id => Span(1, id))));

        var intake = store.Add(Traces("a", Enumerable.Range(1, 12).Select(id => Span(2, id))));

        Assert.Equal((10, 2), (intake.Accepted, intake.Rejected));
        Assert.NotEmpty(intake.Message);
        Assert.Equal([10], store.Traces.List().Select(trace => trace.Spans));
        Assert.Equal(10, store.Traces.Spans.Count);
    }

    [Fact]
    public void Attributes_beyond_the_limit_are_left_out_and_counted()
    {
        var store = Store(new TelemetryLimits { Attributes = 3, TextLength = 5 });
        store.Add(Traces("a", Span(1, 1, attributes: [.. Enumerable.Range(0, 8).Select(key => Attribute($"k{key}", "a long value"))])));

        var span = store.Traces.All().Single();
        Assert.Equal((3, 5), (span.Attributes.Length, span.DroppedAttributes));
        Assert.Equal("a lon…", span.Attributes[0].Text);
    }

    [Fact]
    public void Query_finds_by_resource_text_error_and_a_field_of_any_span()
    {
        var store = Store();
        store.Add(Traces("silo", Span(1, 1, name: "comparison"), Span(1, 2, 1, attributes: Attribute("strategy", "async"))));
        store.Add(Traces("origin", Span(2, 1, name: "GET /flags", milliseconds: 400)));

        Assert.Equal(["comparison"], Names(new TraceQuery { Resource = "silo" }));
        Assert.Equal(["GET /flags"], Names(new TraceQuery { Text = "get" }));
        Assert.Equal(["comparison"], Names(new TraceQuery { Filters = FilterAddress.Read("strategy~eq~async") }));
        Assert.Equal(["GET /flags"], Names(new TraceQuery { Filters = FilterAddress.Read("duration~gt~0.1") }));
        Assert.Equal(2, Names(new TraceQuery { Filters = FilterAddress.Read("duration~gt~0.1~off") }).Count);
        Assert.Empty(Names(new TraceQuery { OnlyErrors = true }));

        List<string> Names(TraceQuery query) => [.. query.Run(store.Traces).Select(trace => trace.Root.Name)];
    }

    [Fact]
    public void Removed_resource_leaves_no_span_behind()
    {
        var store = Store();
        store.Add(Traces("silo", Span(1, 1), Span(2, 1)));
        store.Add(Traces("origin", Span(1, 2, 1)));

        store.Remove(resource => resource.Name == "silo");

        Assert.Equal((1L, 1L), (store.Traces.Traces.Count, store.Traces.Spans.Count));
        Assert.Equal(["origin"], store.Resources().Select(resource => resource.Name));
    }

    [Fact]
    public async Task Spans_from_many_senders_at_once_are_all_held()
    {
        var store = Store();
        await Parallel.ForAsync(0, 40, TestContext.Current.CancellationToken, (sender, _) =>
        {
            store.Add(Traces($"r{sender % 4}", Enumerable.Range(1, 100).Select(id => Span(id, sender * 1000 + id))));
            return ValueTask.CompletedTask;
        });

        Assert.Equal((100L, 4000L), (store.Traces.Traces.Count, store.Traces.Spans.Count));
    }

    static TelemetryStore Store(TelemetryLimits? limits = null) => new(limits ?? new(), TimeProvider.System);
}
