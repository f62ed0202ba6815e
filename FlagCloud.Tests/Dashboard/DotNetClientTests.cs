using System.Diagnostics;
using System.Diagnostics.Metrics;
using FlagCloud.Dashboard.Queries;
using FlagCloud.Dashboard.Telemetry;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace FlagCloud.Tests.Dashboard;

/// <summary>What OpenTelemetry's own .NET exporter sends arrives, over both of its protocols.</summary>
public sealed class DotNetClientTests
{
    [Theory]
    [InlineData(OtlpExportProtocol.Grpc)]
    [InlineData(OtlpExportProtocol.HttpProtobuf)]
    public async Task Exporter_sends_traces_metrics_and_logs_and_all_are_held(OtlpExportProtocol protocol)
    {
        await using var host = await DashboardHost.StartAsync();
        var resource = ResourceBuilder.CreateEmpty().AddService("dotnet-client", serviceInstanceId: "one");
        void Configure(OtlpExporterOptions options, string signal)
        {
            options.Protocol = protocol;
            options.Endpoint = new Uri(protocol == OtlpExportProtocol.Grpc ? host.Server.OtlpGrpcUrl : $"{host.Server.OtlpHttpUrl}/v1/{signal}");
            options.Headers = host.Server.OtlpHeaders;
        }
        var name = $"DotNetClientTests.{protocol}";
        using var source = new ActivitySource(name);
        using var meter = new Meter(name);
        using (var tracing = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(name).AddOtlpExporter(o => Configure(o, "traces")).Build())
        using (var metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(name).SetExemplarFilter(ExemplarFilterType.TraceBased)
            .AddOtlpExporter((o, reader) => { Configure(o, "metrics"); reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = 60_000; }).Build())
        using (var logging = LoggerFactory.Create(builder => builder.AddOpenTelemetry(o =>
        {
            o.SetResourceBuilder(resource).AddOtlpExporter(e => Configure(e, "logs"));
            o.IncludeFormattedMessage = true;
        })))
        {
            using var activity = source.StartActivity("parent");
            using (var child = source.StartActivity("child", ActivityKind.Client))
            {
                child!.SetTag("strategy", "async").SetTag("count", 3).AddEvent(new ActivityEvent("hello")).SetStatus(ActivityStatusCode.Error, "wrong");
                meter.CreateHistogram<double>("duration", "s").Record(0.25, new KeyValuePair<string, object?>("strategy", "async"));
                meter.CreateCounter<long>("flags").Add(7);
#pragma warning disable CA1848, CA1873 // One line of a test needs no generated logger.
                logging.CreateLogger("Category").LogWarning("Flag {Country} is late", "br");
#pragma warning restore CA1848, CA1873
            }
        }

        await DashboardHost.WaitForAsync(() => host.Store.Traces.Spans.Count == 2, "2 spans");
        var child2 = host.Store.Traces.All().Single(span => span.Name == "child");
        Assert.Equal(("dotnet-client", "one"), (child2.Resource.Name, child2.Resource.Instance));
        Assert.Equal((FlagCloud.Dashboard.Telemetry.SpanKind.Client, SpanStatus.Error, "wrong"), (child2.Kind, child2.Status, child2.StatusMessage));
        Assert.Equal(3L, child2.Attributes.Single(tag => tag.Key == "count").Value);
        Assert.Equal("hello", child2.Events.Single().Name);
        await DashboardHost.WaitForAsync(() => host.Store.Logs.Entries.Count == 1, "log");
        var log = host.Store.Logs.Where(_ => true).Single();
        Assert.Equal((LogLevel.Warning, "Flag br is late", child2.Id), (log.Level, log.Message, log.SpanId));
        Assert.Equal("br", LogFields.Of(log, "Country"));
        await DashboardHost.WaitForAsync(() => host.Store.Metrics.Keys().Count == 2, "2 instruments");
        var histogram = (HistogramPoint)host.Store.Metrics.Read(key => key.Name == "duration").Single().Series.Single().Points[0];
        Assert.Equal((1, 0.25), (histogram.Count, histogram.Sum));
        Assert.Equal(child2.Id, histogram.Exemplars.Single().SpanId);
        Assert.Equal(7, ((NumberPoint)host.Store.Metrics.Read(key => key.Name == "flags").Single().Series.Single().Points[0]).Whole);
    }
}
