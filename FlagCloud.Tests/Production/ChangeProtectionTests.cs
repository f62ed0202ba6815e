using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FlagCloud.Contracts;
using FlagCloud.Tests.Cli;
using FlagCloud.Tests.Hosting;

namespace FlagCloud.Tests.Production;

public sealed class ChangeProtectionTests(AzuriteFixture azurite, ProductionSilo production, SiloFixture development)
{
    static readonly object Small = new { strategies = new[] { "async" }, countries = new[] { "br" }, profile = "local", warmup = false, rounds = 1 };

    static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer wrong")]
    [InlineData("Basic " + ProductionSilo.Key)]
    [InlineData(ProductionSilo.Key)]
    public async Task A_change_without_the_key_is_refused(string? authorization)
    {
        var silo = await production.Host(azurite);
        using var request = Post(authorization);
        using var response = await silo.Client.SendAsync(request, Cancelled);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.Single().Scheme);
        Assert.Contains("Api:Key", await Detail(response));
    }

    [Fact]
    public async Task A_change_with_the_key_is_done_and_its_result_can_be_read_without()
    {
        var silo = await production.Host(azurite);
        using var request = Post("Bearer " + ProductionSilo.Key);
        using var response = await silo.Client.SendAsync(request, Cancelled);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);

        var started = await response.Content.ReadFromJsonAsync<Comparison>(FlagCloudJson.Options, Cancelled);
        var ended = await silo.End(started!.Id);
        Assert.Equal((ComparisonStatus.Completed, 1), (ended.Status, ended.Runs.Single().Ok));
    }

    [Fact]
    public async Task Cancelling_needs_the_key_too()
    {
        var silo = await production.Host(azurite);
        using var response = await silo.Client.DeleteAsync("/api/comparisons/20260101-000000-000000", Cancelled);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task The_client_sends_the_key_that_its_environment_has()
    {
        var silo = await production.Host(azurite);
        string[] args = ["compare", "br", "--strategy", "async", "-q", "--no-warmup", "-s", "local", "--url", silo.Client.BaseAddress!.ToString()];
        var (without, with) = (new Client(), new Client { Variables = { ["FLAGCLOUD_API_KEY"] = ProductionSilo.Key } });

        Assert.Equal(3, await without.RunAsync(args, Cancelled));
        Assert.Contains("FLAGCLOUD_API_KEY", without.Error);
        Assert.Equal(0, await with.RunAsync(args, Cancelled));
    }

    [Fact]
    public async Task Production_without_a_key_changes_nothing_and_says_what_to_set()
    {
        await using var silo = await ProductionSilo.Start(azurite, key: null);
        using var request = Post("Bearer whatever");
        using var response = await silo.Client.SendAsync(request, Cancelled);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("Api__Key", await Detail(response));
        Assert.Equal("[]", await silo.Client.GetStringAsync("/api/comparisons", Cancelled));
    }

    [Fact]
    public async Task A_short_key_fails_the_start()
    {
        var e = await Assert.ThrowsAnyAsync<InvalidOperationException>(() => ProductionSilo.Start(azurite, "short"));
        Assert.Contains("16", e.Message);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "http://127.0.0.1:1")]
    [InlineData("Origin", "null")]
    public async Task A_change_that_another_web_site_asks_for_is_refused_in_development_too(string header, string value)
    {
        var silo = await development.Host(azurite);
        using var request = Post(null);
        request.Headers.Add(header, value);
        using var response = await silo.Client.SendAsync(request, Cancelled);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("another origin", await Detail(response));
    }

    [Fact]
    public async Task A_web_socket_that_another_web_site_opens_is_refused()
    {
        var silo = await development.Host(azurite);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/any")
        {
            Headers = { { "Origin", "https://evil.example" }, { "Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==" } },
        };
        using var response = await silo.Client.SendAsync(request, Cancelled);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "same-origin")]
    [InlineData("Sec-Fetch-Site", "none")]
    [InlineData("Origin", "")]
    public async Task A_change_that_our_own_page_asks_for_is_done(string header, string value)
    {
        var silo = await development.Host(azurite);
        using var request = Post(null);
        request.Headers.Add(header, value is "" ? silo.Client.BaseAddress!.GetLeftPart(UriPartial.Authority) : value);
        using var response = await silo.Client.SendAsync(request, Cancelled);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
    }

    [Fact]
    public async Task Reading_from_another_web_site_is_no_change()
    {
        var silo = await production.Host(azurite);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/comparisons") { Headers = { { "Origin", "https://other.example" } } };
        using var response = await silo.Client.SendAsync(request, Cancelled);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Behind_a_proxy_the_page_is_ours_under_the_scheme_that_the_proxy_names()
    {
        var silo = await production.Host(azurite);
        using var request = Post("Bearer " + ProductionSilo.Key);
        request.Headers.Add("Origin", "https://flagcloud.example");
        request.Headers.Host = "flagcloud.example";
        request.Headers.Add("X-Forwarded-Proto", "https");
        using var response = await silo.Client.SendAsync(request, Cancelled);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
    }

    static HttpRequestMessage Post(string? authorization)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/comparisons") { Content = JsonContent.Create(Small) };
        if (authorization is not null) request.Headers.TryAddWithoutValidation("Authorization", authorization);
        return request;
    }

    static async Task<string> Detail(HttpResponseMessage response)
    {
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        return (await response.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("detail").GetString()!;
    }
}
