using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using FlagCloud.Origin.Http;
using FlagCloud.Origin.Profiles;
using FlagCloud.Tests.Hosting;

namespace FlagCloud.Tests.Origin;

public sealed class ProblemTests(OriginFixture origin) : IClassFixture<OriginFixture>
{
    static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/local/flags/zz.svg")]
    [InlineData("/local/flags/BR.svg")]
    [InlineData("/local/flags/br")]
    [InlineData("/local/flags/.svg")]
    [InlineData("/local/flags/br.svg.svg")]
    [InlineData("/local/flags/country.json")]
    [InlineData("/local/flags/zz/metadata.json")]
    [InlineData("/local/flags/../../etc/passwd")]
    [InlineData("/local/flags/..%2f..%2fetc%2fpasswd.svg")]
    [InlineData("/local/flags/..%5c..%5cetc.svg")]
    [InlineData("/local/flags/%2e%2e/4x3/br.svg")]
    [InlineData("/local/flags/br%00.svg")]
    [InlineData("/nothing")]
    public async Task What_does_not_exist_is_not_found_and_said_as_problem_details(string path)
    {
        var response = await SendRawAsync(path);

        // Kestrel itself refuses a path with a zero byte.
        Assert.StartsWith(path.Contains("%00") ? "HTTP/1.1 400" : "HTTP/1.1 404", response);
        if (!path.Contains("%00"))
            Assert.Contains("Content-Type: application/problem+json", response);
    }

    [Fact]
    public async Task Unknown_code_says_where_flags_are()
    {
        using var response = await origin.Client.GetAsync("local/flags/zz.svg", Cancelled);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>(Cancelled);

        Assert.Equal(404, problem.GetProperty("status").GetInt32());
        Assert.Contains("/{profile}/flags/{code}.svg", problem.GetProperty("detail").GetString());
        Assert.Equal(TimeSpan.Zero, response.Delay());
    }

    [Fact]
    public async Task Unknown_profile_names_the_known_ones()
    {
        using var response = await origin.Client.GetAsync("remote/flags/br.svg", Cancelled);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>(Cancelled);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.All(Profile.All.Keys, name => Assert.Contains(name, problem.GetProperty("detail").GetString()));
        Assert.Equal(TimeSpan.Zero, response.Delay());
    }

    [Theory]
    [InlineData(OriginHeaders.Seed, "one")]
    [InlineData(OriginHeaders.Seed, "99999999999")]
    [InlineData(OriginHeaders.Seed, "1.5")]
    [InlineData(OriginHeaders.Attempt, "0")]
    [InlineData(OriginHeaders.Attempt, "-1")]
    [InlineData(OriginHeaders.Attempt, "first")]
    public async Task Bad_header_is_refused(string name, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "local/flags/br.svg") { Headers = { { name, value } } };
        using var response = await origin.Client.SendAsync(request, Cancelled);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(name, (await response.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Negative_seed_is_a_seed() =>
        Assert.Equal(HttpStatusCode.OK, (await origin.Client.SendAsync(Requests.Flag("local", seed: -7), Cancelled)).StatusCode);

    // HttpClient would tidy the path up before it sends it.
    async Task<string> SendRawAsync(string path)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(origin.BaseAddress.Host, origin.BaseAddress.Port, Cancelled);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {origin.BaseAddress.Authority}\r\nConnection: close\r\n\r\n"), Cancelled);
        return await new StreamReader(stream).ReadToEndAsync(Cancelled);
    }
}
