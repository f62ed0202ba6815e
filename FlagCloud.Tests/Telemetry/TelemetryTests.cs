using System.Diagnostics;
using System.Diagnostics.Metrics;
using FlagCloud.Contracts;
using FlagCloud.Origin.Profiles;
using FlagCloud.Silo.Flags;
using FlagCloud.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using OpenTelemetry.Trace;

namespace FlagCloud.Tests.Telemetry;

/// <summary>The names, units and tags are a contract; here they stand as literals, so that a rename in the code is seen.</summary>
[Collection<Alone>]
public sealed class TelemetryTests(AzuriteFixture azurite)
{
    static readonly object Request = new { countries = new[] { "br", "cn", "in" }, profile = "local", warmup = false, strategies = new[] { "async", "threaded" } };

    static readonly Dictionary<string, string?> Traced = new() { ["Orleans:EnableDistributedTracing"] = "true" };

    [Fact]
    public async Task Each_run_is_a_trace_linked_both_ways_with_its_comparison_and_goes_down_to_the_wire_once_a_flag()
    {
        var spans = new List<Activity>();
        await using var host = await SiloHost.Start(azurite, Traced, builder => builder.Services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddInMemoryExporter(spans)));
        var comparison = await host.Run(Request);
        var all = await Exported(spans, comparison);

        var root = Assert.Single(all, span => span.TraceId.ToHexString() == comparison.TraceId);
        Assert.Equal(("comparison", default(ActivitySpanId), comparison.Id), (root.OperationName, root.ParentSpanId, root.GetTagItem("comparison.id")));
        Assert.Equal(["run async", "run threaded"], all.Where(span => span.OperationName.StartsWith("run ", StringComparison.Ordinal) && comparison.Id.Equals(span.GetTagItem("comparison.id"))).Select(span => span.OperationName));
        foreach (var recorded in comparison.Runs)
        {
            var trace = all.Where(span => span.TraceId.ToHexString() == recorded.TraceId).ToArray();
            var run = Assert.Single(trace, span => span.ParentSpanId == default);
            Assert.Equal($"run {recorded.Strategy}", run.OperationName);
            Assert.Equal((3, 1, false), (run.GetTagItem("ok"), run.GetTagItem("round"), run.GetTagItem("warmup")));
            Assert.Contains(run.Links, link => link.Context.TraceId == root.TraceId);
            Assert.Contains(root.Links, link => link.Context.TraceId == run.TraceId);
            var downloads = trace.Where(span => span.ParentSpanId == run.SpanId).ToArray();
            Assert.Equal(["download br", "download cn", "download in"], downloads.Select(span => span.OperationName).Order());
            foreach (var download in downloads)
            {
                var below = Below(download, trace);
                Assert.Equal(1, below.Count(span => span.Kind is ActivityKind.Client && span.Source.Name == "System.Net.Http" && span.DisplayName == "GET"));
                Assert.Equal(1, below.Count(span => span.Kind is ActivityKind.Client && span.Source.Name == "System.Net.Http" && span.DisplayName == "PUT"));
                Assert.Equal(1, below.Count(span => span.Source.Name == "Microsoft.Orleans.Application" && span.Kind is ActivityKind.Client));
                Assert.Equal(1, below.Count(span => span.Source.Name == "Microsoft.Orleans.Application" && span.Kind is ActivityKind.Server));
                Assert.DoesNotContain(below, span => span.Source.Name.StartsWith("Azure.", StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public async Task Comparison_in_which_nothing_failed_has_no_span_in_error_and_nobody_else_makes_a_trace()
    {
        var spans = new List<Activity>();
        await using var host = await SiloHost.Start(azurite, Traced, builder => builder.Services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddInMemoryExporter(spans)));
        // A first look (404), a second one that finds what is there (304), codes that are no country (404), containers that are there already (409).
        var first = await host.Run(new { countries = new[] { "br", "cn" }, profile = "local", mode = "refresh", strategies = new[] { "async" } });
        var every = await host.Run(new { countries = "every", limit = 5, profile = "local", warmup = false, strategies = new[] { "threaded" } });
        var all = await Exported(spans, first, every);

        Assert.DoesNotContain(all, span => span.Status is ActivityStatusCode.Error);
        // The runs that go on warming up are in nobody's trace, nor in that of the request which has begun them.
        string?[] runs = [.. first.Runs.Select(run => run.TraceId)];
        var asked = Assert.Single(all.Single(span => span.TraceId.ToHexString() == first.TraceId).Links, link => !runs.Contains(link.Context.TraceId.ToHexString())).Context.TraceId;
        Assert.DoesNotContain(all, span => span.TraceId == asked && span.DisplayName.Contains("IFlagGrain", StringComparison.Ordinal));
        Assert.All(all.Where(span => span.ParentSpanId == default), span => Assert.Matches("^(comparison|run .*)$", span.OperationName));
    }

    [Fact]
    public async Task Failed_download_is_a_span_in_error_with_its_reason()
    {
        var spans = new List<Activity>();
        await using var host = await SiloHost.Start(azurite, configure: builder =>
            builder.Services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddInMemoryExporter(spans)));
        var unlucky = Catalogue.Top20.First(country => Draws.Of(Profile.All["wrongtype"], seed: 2, country, attempt: 1).Fault is Fault.WrongType);
        var comparison = await host.Run(new { countries = new[] { unlucky }, seed = 1, profile = "wrongtype", warmup = false, strategies = new[] { "async" } });

        var download = Assert.Single(await Exported(spans, comparison), span => span.OperationName == $"download {unlucky}");
        Assert.Equal(ActivityStatusCode.Error, download.Status);
        Assert.Contains("text/html", download.StatusDescription, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_have_their_names_units_and_tags()
    {
        await using var host = await SiloHost.Start(azurite);
        var meters = host.Services.GetRequiredService<IMeterFactory>();
        using var runs = new MetricCollector<double>(meters, "FlagCloud", "flagcloud.run.duration");
        using var durations = new MetricCollector<double>(meters, "FlagCloud", "flagcloud.download.duration");
        using var phases = new MetricCollector<double>(meters, "FlagCloud", "flagcloud.download.phase.duration");
        using var outcomes = new MetricCollector<long>(meters, "FlagCloud", "flagcloud.downloads");
        using var inFlight = new MetricCollector<long>(meters, "FlagCloud", "flagcloud.downloads.in_flight");
        using var sizes = new MetricCollector<long>(meters, "FlagCloud", "flagcloud.download.size");
        using var attempts = new MetricCollector<long>(meters, "FlagCloud", "flagcloud.download.attempts");
        var comparison = await host.Run(Request);
        var downloads = await host.Downloads(comparison.Id);

        Assert.Equal(["s", "s", "s", "{flag}", "{flag}", "By", "{attempt}"], new[]
        {
            runs.Instrument!.Unit, durations.Instrument!.Unit, phases.Instrument!.Unit, outcomes.Instrument!.Unit, inFlight.Instrument!.Unit,
            sizes.Instrument!.Unit, attempts.Instrument!.Unit,
        });
        Assert.Equal(comparison.Runs.Select(run => (run.Strategy, run.ElapsedSeconds)), runs.GetMeasurementSnapshot().Select(m => ((string)m.Tags["strategy"]!, m.Value)));
        Assert.Equal(6, durations.GetMeasurementSnapshot().Count);
        Assert.All(outcomes.GetMeasurementSnapshot(), m => Assert.Equal((1, "ok"), (m.Value, (string)m.Tags["outcome"]!)));
        Assert.Equal(0, inFlight.GetMeasurementSnapshot().Sum(m => m.Value));
        Assert.Equal(downloads.Sum(download => download.Bytes), sizes.GetMeasurementSnapshot().Sum(m => m.Value));
        Assert.Equal(downloads.Sum(download => download.Attempts), attempts.GetMeasurementSnapshot().Sum(m => m.Value));
        Assert.Equal(["body", "queued", "storing", "waiting", "work"], phases.GetMeasurementSnapshot().Select(m => (string)m.Tags["phase"]!).Distinct().Order());
        Assert.All(phases.GetMeasurementSnapshot(), m => Assert.True(m.Value >= 0));
        string[] allowed = ["strategy", "outcome", "phase"];
        Assert.Empty(durations.GetMeasurementSnapshot().SelectMany(m => m.Tags.Keys).Concat(phases.GetMeasurementSnapshot().SelectMany(m => m.Tags.Keys)).Except(allowed));
    }

    // The comparison's own span ends a little after its final record is written.
    static async Task<Activity[]> Exported(List<Activity> spans, params Comparison[] comparisons)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (comparisons.Any(comparison => !spans.ToArray().Any(span => span.TraceId.ToHexString() == comparison.TraceId)))
            await Task.Delay(20, deadline.Token);
        return [.. spans.ToArray()];
    }

    static Activity[] Below(Activity span, Activity[] trace)
    {
        var children = trace.Where(candidate => candidate.ParentSpanId == span.SpanId).ToArray();
        return [.. children, .. children.SelectMany(child => Below(child, trace))];
    }
}
