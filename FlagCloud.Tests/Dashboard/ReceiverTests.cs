using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using FlagCloud.Dashboard.Otlp;

using FlagCloud.Dashboard.Wire;
using Google.Protobuf;

namespace FlagCloud.Tests.Dashboard;

public sealed class ReceiverTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("wrong")]
    [InlineData("")]
    public async Task Wrong_or_missing_key_is_refused_and_nothing_is_held(string? key)
    {
        await using var host = await DashboardHost.StartAsync();
        using var answer = await PostAsync(host, "traces", OtlpRequests.Traces("a", OtlpRequests.Span(1, 1)).ToByteArray(), key: key);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        var status = RpcStatus.Parser.ParseFrom(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Contains("x-otlp-api-key", status.Message);
        Assert.Equal(0, host.Store.Traces.Spans.Count);
    }

    [Theory]
    [InlineData("key", "16", 0)]
    [InlineData(null, "16", 0)]
    [InlineData("", "0", 1)]
    public async Task Grpc_key_decides_the_status(string? key, string status, int held)
    {
        await using var host = await DashboardHost.StartAsync();
        var (code, _) = await CallAsync(host, OtlpRequests.Traces("a", OtlpRequests.Span(1, 1)), key == "" ? host.Options.OtlpApiKey : key);

        Assert.Equal(status, code);
        Assert.Equal(held, host.Store.Traces.Spans.Count);
    }

    [Fact]
    public async Task Grpc_request_over_the_limit_is_resource_exhausted()
    {
        await using var host = await DashboardHost.StartAsync(options => options.OtlpBodyLimit = 10_000);
        var (code, _) = await CallAsync(host, OtlpRequests.Logs("a", OtlpRequests.Log(new string('x', 20_000))), host.Options.OtlpApiKey, "logs.v1.LogsService");

        Assert.Equal("8", code);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Body_over_the_limit_is_refused_packed_or_not(bool packed)
    {
        await using var host = await DashboardHost.StartAsync(options => options.OtlpBodyLimit = 100_000);
        using var answer = await PostAsync(host, "logs", OtlpRequests.Logs("a", OtlpRequests.Log(new string('x', 200_000))).ToByteArray(), packed: packed);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal(0, host.Store.Logs.Entries.Count);
    }

    [Fact]
    public async Task Spans_without_an_id_are_refused_and_the_others_taken()
    {
        await using var host = await DashboardHost.StartAsync();
        var request = OtlpRequests.Traces("a", OtlpRequests.Span(1, 1), new FlagCloud.Dashboard.Wire.Span { Name = "no id" }, new FlagCloud.Dashboard.Wire.Span { TraceId = OtlpRequests.TraceId(1), SpanId = ByteString.CopyFrom(new byte[8]) });

        using var answer = await PostAsync(host, "traces", Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(OtlpJsonWriter.Write(request))), "application/json");

        var success = (await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("partialSuccess");
        Assert.Equal("2", success.GetProperty("rejectedSpans").GetString());
        Assert.Contains("16 bytes", success.GetProperty("errorMessage").GetString());
        Assert.Equal(1, host.Store.Traces.Spans.Count);
    }

    [Theory]
    [InlineData("application/json", "{\"resourceSpans\": 1}", "must be an array")]
    [InlineData("application/json", "{\"resourceSpans\": [{\"scopeSpans\": [{\"spans\": [{\"traceId\": \"xyz\"}]}]}]}", "hexadecimal")]
    [InlineData("application/json", "{", "cannot be read")]
    [InlineData("application/json", "", "JSON")]
    [InlineData("application/x-protobuf", "\u0001\u0002\u0003", "cannot be read")]
    public async Task Body_that_cannot_be_read_is_a_bad_request_that_says_why(string type, string body, string reason)
    {
        await using var host = await DashboardHost.StartAsync();
        using var answer = await PostAsync(host, "traces", Encoding.UTF8.GetBytes(body), type);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(reason, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Unknown_type_is_refused()
    {
        await using var host = await DashboardHost.StartAsync();
        using var answer = await PostAsync(host, "traces", [1], "text/plain");

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
    }

    [Fact]
    public void Json_that_is_written_is_read_as_the_same()
    {
        var request = OtlpRequests.Traces("a", OtlpRequests.Span(1, 2, 1, attributes:
        [
            new() { Key = "no", Value = new() { BoolValue = false } },
            new() { Key = "zero", Value = new() { IntValue = 0 } },
            new() { Key = "large", Value = new() { IntValue = long.MaxValue } },
            new() { Key = "nan", Value = new() { DoubleValue = double.NaN } },
            new() { Key = "far", Value = new() { DoubleValue = double.NegativeInfinity } },
            new() { Key = "bytes", Value = new() { BytesValue = ByteString.CopyFrom(0xFF, 0xFE) } },
            new() { Key = "map", Value = new() { KvlistValue = new() { Values = { OtlpRequests.Attribute("a", "ü\"\\\n") } } } },
            new() { Key = "none", Value = new() },
        ]));
        request.ResourceSpans[0].ScopeSpans[0].Spans[0].Links.Add(new FlagCloud.Dashboard.Wire.Span.Types.Link { TraceId = OtlpRequests.TraceId(9), SpanId = OtlpRequests.SpanId(9) });

        Assert.Equal(request, OtlpJsonReader.Read<ExportTraceServiceRequest>(OtlpJsonWriter.Write(request)));
    }

    static async Task<HttpResponseMessage> PostAsync(
        DashboardHost host, string signal, byte[] body, string type = "application/x-protobuf", string? key = "right", bool packed = false)
    {
        using var client = new HttpClient();
        if (packed)
        {
            using var buffer = new MemoryStream();
            using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest)) gzip.Write(body);
            body = buffer.ToArray();
        }
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{host.Server.OtlpHttpUrl}/v1/{signal}") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        if (packed) request.Content.Headers.ContentEncoding.Add("gzip");
        if (key is not null) request.Headers.Add("x-otlp-api-key", key == "right" ? host.Options.OtlpApiKey : key);
        var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        await answer.Content.LoadIntoBufferAsync(TestContext.Current.CancellationToken);
        return answer;
    }

    static async Task<(string? Code, string? Message)> CallAsync(DashboardHost host, IMessage message, string? key, string service = "trace.v1.TraceService")
    {
        using var client = new HttpClient();
        var bytes = message.ToByteArray();
        var length = BitConverter.GetBytes(bytes.Length).Reverse().ToArray();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{host.Server.OtlpGrpcUrl}/opentelemetry.proto.collector.{service}/Export")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent([0, .. length, .. bytes]),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        request.Headers.TE.ParseAdd("trailers");
        if (key is not null) request.Headers.Add("x-otlp-api-key", key);
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        await answer.Content.LoadIntoBufferAsync(TestContext.Current.CancellationToken);
        string? Find(string name) => answer.TrailingHeaders.TryGetValues(name, out var late) ? late.First()
            : answer.Headers.TryGetValues(name, out var early) ? early.First() : null;
        return (Find("grpc-status"), Find("grpc-message"));
    }
}
