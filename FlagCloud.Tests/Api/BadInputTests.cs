using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using FlagCloud.Tests.Hosting;

namespace FlagCloud.Tests.Api;

public sealed class BadInputTests(SiloFixture fixture, AzuriteFixture azurite)
{
    [Theory]
    [InlineData("""{"countries":["zz"]}""", "countries", "'zz' is not known")]
    [InlineData("""{"countries":["../../etc"]}""", "countries", "'../../etc' is not known")]
    [InlineData("""{"countries":[]}""", "countries", "names no countries")]
    [InlineData("""{"countries":"most"}""", "countries", "\"top20\", \"all\", \"every\"")]
    [InlineData("""{"countries":7}""", "countries", "an array of ISO codes")]
    [InlineData("""{"countries":[null]}""", "countries", "an array of ISO codes")]
    [InlineData("""{"limit":0}""", "limit", "from 1 to 10000")]
    [InlineData("""{"strategies":["fibers"]}""", "strategies", "sequential, threaded, async")]
    [InlineData("""{"strategies":["async","async"]}""", "strategies", "each strategy once")]
    [InlineData("""{"profile":"warp"}""", "profile", "local")]
    [InlineData("""{"profile":"../local"}""", "profile", "local")]
    [InlineData("""{"concurrency":0}""", "concurrency", "from 1 to 1000")]
    [InlineData("""{"concurrency":100000}""", "concurrency", "from 1 to 1000")]
    [InlineData("""{"rounds":-1}""", "rounds", "from 1 to 10000")]
    [InlineData("""{"rounds":1.5}""", "rounds", "a whole number from 1 to 10000")]
    [InlineData("""{"work":"zip"}""", "work", "\"none\", \"brotli\"")]
    [InlineData("""{"mode":"often"}""", "mode", "\"force\", \"refresh\"")]
    [InlineData("""{"seed":-1}""", "seed", "from 0")]
    [InlineData("""{"origin":"http://169.254.169.254/{code}"}""", "origin", "not an allowed origin")]
    [InlineData("""{"origin":"https://www.fluentpython.com/data/flags/{code}/{code}.gif","profile":"local"}""", "profile", "either profile or origin")]
    [InlineData("""{"warmup":"yes"}""", "warmup", "true or false")]
    [InlineData("""{"quality":12,"work":"brotli"}""", "quality", "from 0 to 11")]
    [InlineData("""{"attemptTimeoutSeconds":0}""", "attemptTimeoutSeconds", "from 0.1 to 25")]
    [InlineData("""{"attemptTimeoutSeconds":"3.1"}""", "attemptTimeoutSeconds", "a number from 0.1 to 25")]
    [InlineData("""{"retries":11}""", "retries", "from 0 to 10")]
    [InlineData("""{"connectionReuse":1}""", "connectionReuse", "true or false")]
    [InlineData("""{"ciWidth":0}""", "ciWidth", "from 0.005 to 1")]
    [InlineData("""{"maxRounds":50}""", "maxRounds", "Give ciWidth, too")]
    [InlineData("""{"ciWidth":0.1,"maxRounds":5}""", "maxRounds", "from 6")]
    [InlineData("""{"ciWidth":0.1,"rounds":2}""", "rounds", "at least 6")]
    [InlineData("""{"ciWidth":0.1,"rounds":20,"maxRounds":10}""", "maxRounds", "at least 20")]
    [InlineData("""{"rouns":5}""", "rouns", "There are strategies, countries")]
    [InlineData("""{"rounds":""", "body", "JSON")]
    [InlineData("[]", "body", "JSON")]
    [InlineData("null", "body", "must be an object")]
    [InlineData("""{"rounds":1,"rounds":2}""", "body", "JSON")]
    [InlineData("""{"rounds":null}""", "rounds", "a whole number")]
    [InlineData("""{"countries":["\ud800"]}""", "body", "UTF-16")]
    [InlineData("""{"\ud800":1}""", "body", "UTF-16")]
    public async Task Field_that_is_wrong_is_named_with_what_is_allowed(string body, string field, string message)
    {
        var host = await fixture.Host(azurite);
        using var response = await host.Client.PostAsync("/api/comparisons", Json(body));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var errors = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["errors"]!.AsObject();
        Assert.Contains(message, errors[field]?[0]?.ToString() ?? errors.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_wrong_fields_are_named_at_once()
    {
        var host = await fixture.Host(azurite);
        using var response = await host.Client.PostAsync("/api/comparisons", Json("""{"rounds":0,"concurrency":0,"work":"x"}"""));

        var errors = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["errors"]!.AsObject();
        Assert.Equal(["concurrency", "rounds", "work"], errors.Select(error => error.Key).Order());
    }

    [Fact]
    public async Task Refused_request_starts_and_writes_nothing()
    {
        var host = await SiloHost.Start(azurite);
        await using (host)
        {
            using var response = await host.Client.PostAsync("/api/comparisons", Json("""{"concurrency":0}"""));

            Assert.Empty(JsonNode.Parse(await host.Client.GetStringAsync("/api/comparisons"))!.AsArray());
            Assert.Empty(JsonNode.Parse(await host.Client.GetStringAsync("/api/flags"))!.AsArray());
        }
    }

    [Fact]
    public async Task Body_of_a_gigabyte_is_refused_without_being_read()
    {
        var host = await fixture.Host(azurite);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/comparisons") { Content = new Endless(1L << 30) { Headers = { ContentType = new("application/json") } }, Headers = { ExpectContinue = true } };
        using var response = await host.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Contains("65536", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/api/comparisons/nosuch")]
    [InlineData("GET", "/api/comparisons/20200101-000000-000-abcd")]
    [InlineData("GET", "/api/comparisons/20200101-000000-000-abcd/events")]
    [InlineData("GET", "/api/comparisons/20200101-000000-000-abcd/downloads")]
    [InlineData("DELETE", "/api/comparisons/20200101-000000-000-abcd")]
    [InlineData("GET", "/flags/zz.svg")]
    [InlineData("GET", "/flags/..%2F..%2Fetc.svg")]
    [InlineData("GET", "/nowhere")]
    public async Task What_is_not_there_is_a_problem_404(string method, string path)
    {
        var host = await fixture.Host(azurite);
        using var response = await host.Client.SendAsync(new(new(method), path));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("odd")]
    [InlineData(null)]
    public async Task Body_that_does_not_say_that_it_is_JSON_is_a_problem_415(string? type)
    {
        var host = await fixture.Host(azurite);
        using var body = new StringContent("{}");
        body.Headers.Remove("Content-Type");
        if (type is not null) body.Headers.TryAddWithoutValidation("Content-Type", type);
        using var response = await host.Client.PostAsync("/api/comparisons", body);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.Contains("application/json", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chunked_body_without_a_type_is_a_problem_415()
    {
        var host = await fixture.Host(azurite);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/comparisons") { Content = new ByteArrayContent("{}"u8.ToArray()), Headers = { TransferEncodingChunked = true } };
        using var response = await host.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Theory]
    [InlineData("xn--")]
    [InlineData("localhost:99999")]
    [InlineData("a b")]
    public async Task Host_that_can_be_none_is_a_problem_400(string name)
    {
        var host = await fixture.Host(azurite);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/questions");
        request.Headers.TryAddWithoutValidation("Host", name);
        using var response = await host.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("201")]
    public async Task List_limit_out_of_range_is_refused(string limit)
    {
        var host = await fixture.Host(azurite);
        using var response = await host.Client.GetAsync($"/api/comparisons?limit={limit}");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Silent_origin_is_a_problem_503_and_starts_nothing()
    {
        await using var host = await SiloHost.Start(azurite, new Dictionary<string, string?> { ["Flags:Origin"] = $"http://127.0.0.1:{FreePort.Next()}" });
        using var response = await host.Client.PostAsJsonAsync("/api/comparisons", new { });

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Contains("Flags:Origin", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    /// <summary>A body of so many zeros, which counts what was really taken of it.</summary>
    sealed class Endless(long length) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var chunk = new byte[64 * 1024];
            for (var sent = 0L; sent < length; sent += chunk.Length) await stream.WriteAsync(chunk);
        }

        protected override bool TryComputeLength(out long computed)
        {
            computed = length;
            return true;
        }
    }
}
