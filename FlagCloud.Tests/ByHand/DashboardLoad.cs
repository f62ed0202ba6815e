using System.Diagnostics;
using System.Globalization;
using System.Net;
using FlagCloud.Dashboard.Keeping;
using FlagCloud.Dashboard.Telemetry;
using FlagCloud.Dashboard.Wire;
using FlagCloud.Tests.Dashboard;
using FlagCloud.Tests.Hosting;
using Google.Protobuf;
using Microsoft.Playwright;

namespace FlagCloud.Tests.ByHand;

/// <summary>What the dashboard takes and holds. The sender runs in the same process, and takes its share of the cores.</summary>
public sealed class DashboardLoad(Browser browser, ITestOutputHelper output)
{
    const int Batch = 512, Senders = 2;

    static readonly TimeSpan Duration = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Spans_a_second(bool grpc, bool kept)
    {
        var folder = Directory.CreateTempSubdirectory("flagcloud-load-").FullName;
        await using (var host = await DashboardHost.StartAsync(options => options.RunsFolder = kept ? folder : null))
        {
            var url = grpc ? host.Server.OtlpGrpcUrl + "/opentelemetry.proto.collector.trace.v1.TraceService/Export" : host.Server.OtlpHttpUrl + "/v1/traces";
            var bodies = Enumerable.Range(1, 400).Select(trace => Spans(trace, Batch).ToByteArray()).ToArray();
            using var client = new HttpClient();
            var (sent, begun) = (0, Stopwatch.GetTimestamp());
            await Task.WhenAll(Enumerable.Range(0, Senders).Select(async _ =>
            {
                while (Stopwatch.GetElapsedTime(begun) < Duration)
                {
                    using var response = await client.SendAsync(Request(url, grpc, bodies[Interlocked.Increment(ref sent) % bodies.Length], host.Options.OtlpApiKey));
                    response.EnsureSuccessStatusCode();
                    // Nothing refused: an empty answer. (gRPC puts five bytes before it.)
                    Assert.Equal(grpc ? 5 : 0, (await response.Content.ReadAsByteArrayAsync()).Length);
                }
            }));
            var seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
            Say($"{(grpc ? "gRPC" : "HTTP")}{(kept ? ", kept on disk" : "")}: {sent * (double)Batch / seconds:#,0} spans/s, {bodies[0].Length / Batch} bytes a span, {sent * Batch:#,0} taken, none refused; {host.Store.Traces.Spans:#,0} held");
        }
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Memory_at_all_limits()
    {
        var store = new TelemetryStore(new(), TimeProvider.System);
        var before = Heap();
        for (var trace = 1; trace <= 500; trace++) store.Add(Spans(trace, Batch));
        for (var batch = 0; batch < 30; batch++)
            store.Add(OtlpRequests.Logs("silo", Enumerable.Range(0, 500).Select(i => OtlpRequests.Log($"Flag {batch}-{i} was downloaded after 2 attempts"))));
        for (var second = 0; second < 1_200; second++)
            store.Add(OtlpRequests.Metrics("silo", OtlpRequests.Histogram("d", AggregationTemporality.Cumulative,
                Enumerable.Range(0, 1_000).Select(series => ((long)second + 1, Enumerable.Range(1, 14).Select(count => (ulong)(count + second)).ToArray(), $"{series}")))));
        Say($"held: {store.Traces.Spans:#,0} spans, {store.Logs.Entries:#,0} logs, {store.Metrics.Points:#,0} metric points; {(Heap() - before) / 1e6:0} MB");

        using var file = new MemoryStream();
        var clock = Stopwatch.StartNew();
        TelemetryExport.Write(file, store, Selection.Everything);
        var exported = clock.Elapsed;
        file.Position = 0;
        TelemetryImport.Read(file, new TelemetryStore(new(), TimeProvider.System));
        Say($"export: {exported.TotalSeconds:0.0} s, {file.Length / 1e6:0} MB; opened again: {(clock.Elapsed - exported).TotalSeconds:0.0} s");
    }

    [Fact]
    public async Task Trace_of_2000_spans_is_drawn()
    {
        var sample = new SampleTelemetry(DateTimeOffset.UtcNow.AddMinutes(-1), 190, 1, 2);
        await using var host = await DashboardHost.StartAsync();
        host.Store.Add(sample.Build());
        var session = new BrowserSession(browser);
        var page = await session.OpenAsync(host.Server.LoginUrl, "/traces");
        var link = page.GetByRole(AriaRole.Link, new() { Name = "comparison" });
        for (var time = 1; time <= 5; time++)
        {
            await link.WaitForAsync();
            var clock = Stopwatch.StartNew();
            await link.ClickAsync();
            await page.Locator(".row .timeline").First.WaitForAsync();
            Say($"{sample.Spans:#,0} spans, from the click to the waterfall: {clock.Elapsed.TotalSeconds:0.00} s");
            await page.GoBackAsync();
        }
        await session.CloseAsync();
    }

    static HttpRequestMessage Request(string url, bool grpc, byte[] body, string key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Headers = { { "x-otlp-api-key", key } } };
        if (grpc)
        {
            (request.Version, request.VersionPolicy) = (HttpVersion.Version20, HttpVersionPolicy.RequestVersionExact);
            request.Headers.TE.ParseAdd("trailers");
            body = [0, .. BitConverter.GetBytes(IPAddress.HostToNetworkOrder(body.Length)), .. body];
        }
        request.Content = new ByteArrayContent(body) { Headers = { ContentType = new(grpc ? "application/grpc" : "application/x-protobuf") } };
        return request;
    }

    // As instrumentation sends the GET of a flag.
    static ExportTraceServiceRequest Spans(int trace, int count) => OtlpRequests.Traces("silo", Enumerable.Range(1, count).Select(i => OtlpRequests.Span(
        trace, (trace * count) + i, trace * count, "GET", i, 50, OtlpRequests.Attribute("http.request.method", "GET"),
        OtlpRequests.Attribute("url.full", $"http://localhost:15102/web/flags/{i}-{trace}.svg"), OtlpRequests.Attribute("server.address", "localhost"),
        OtlpRequests.Attribute("strategy", "async"), OtlpRequests.Attribute("http.response.status_code", "200"), OtlpRequests.Attribute("network.protocol.version", "1.1"))));

    static long Heap()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    void Say(FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
