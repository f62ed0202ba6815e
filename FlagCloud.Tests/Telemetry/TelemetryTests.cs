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
public sealed class TelemetryTests(AzuriteFixture azurite)
{
    static readonly object Request = new { countries = new[] { "br", "cn", "in" }, profile = "local", warmup = false, strategies = new[] { "async", "threaded" } };

    [Fact]
    public async Task Spans_nest_from_the_comparison_to_the_wire_once_for_each_flag()
    {
        var spans = new List<Activity>();
        await using var host = await SiloHost.Start(
            azurite, new Dictionary<string, string?> { ["Orleans:EnableDistributedTracing"] = "true" },
            builder => builder.Services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddInMemoryExporter(spans)));
        var comparison = await host.Run(Request);
        var trace = spans.ToArray().Where(span => span.TraceId.ToHexString() == comparison.TraceId).ToArray();

        var root = Assert.Single(trace, span => span.OperationName == "comparison");
        Assert.Equal(default, root.ParentSpanId);
        Assert.Equal(comparison.Id, root.GetTagItem("comparison.id"));
        var runs = trace.Where(span => span.ParentSpanId == root.SpanId && span.OperationName.StartsWith("run ", StringComparison.Ordinal)).ToArray();
        Assert.Equal(["run async", "run threaded"], runs.Select(span => span.OperationName));
        foreach (var run in runs)
        {
            var flags = trace.Where(span => span.ParentSpanId == run.SpanId && span.OperationName == "flag").ToArray();
            Assert.Equal(["br", "cn", "in"], flags.Select(span => (string?)span.GetTagItem("country")).Order());
            foreach (var flag in flags)
            {
                var below = Below(flag, trace);
                Assert.Equal(1, below.Count(span => span.Kind is ActivityKind.Client && span.Source.Name == "System.Net.Http" && span.DisplayName == "GET"));
                Assert.Equal(1, below.Count(span => span.Kind is ActivityKind.Client && span.Source.Name == "System.Net.Http" && span.DisplayName == "PUT"));
                Assert.Equal(1, below.Count(span => span.Source.Name == "Microsoft.Orleans.Application" && span.Kind is ActivityKind.Client));
                Assert.Equal(1, below.Count(span => span.Source.Name == "Microsoft.Orleans.Application" && span.Kind is ActivityKind.Server));
                Assert.DoesNotContain(below, span => span.Source.Name.StartsWith("Azure.", StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public async Task Failed_flag_is_a_span_in_error_with_its_reason()
    {
        var spans = new List<Activity>();
        await using var host = await SiloHost.Start(azurite, configure: builder =>
            builder.Services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddInMemoryExporter(spans)));
        var unlucky = Catalogue.Top20.First(country => Draws.Of(Profile.All["wrongtype"], seed: 2, country, attempt: 1).Fault is Fault.WrongType);
        var comparison = await host.Run(new { countries = new[] { unlucky }, seed = 1, profile = "wrongtype", warmup = false, strategies = new[] { "async" } });

        var flag = Assert.Single(spans.ToArray(), span => span.OperationName == "flag" && span.TraceId.ToHexString() == comparison.TraceId);
        Assert.Equal(ActivityStatusCode.Error, flag.Status);
        Assert.Contains("text/html", flag.StatusDescription, StringComparison.Ordinal);
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

    static Activity[] Below(Activity span, Activity[] trace)
    {
        var children = trace.Where(candidate => candidate.ParentSpanId == span.SpanId).ToArray();
        return [.. children, .. children.SelectMany(child => Below(child, trace))];
    }
}
