using System.Net;

namespace FlagCloud.Tests.Dashboard;

public sealed class AccessTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/traces")]
    [InlineData("/data")]
    [InlineData("/api/telemetry/export")]
    [InlineData("/_blazor/negotiate")]
    public async Task Nothing_but_health_is_shown_without_a_login(string path)
    {
        await using var host = await DashboardHost.StartAsync();
        using var client = host.Client(loggedIn: false);

        using var page = await SendAsync(client, HttpMethod.Get, path, ("Accept", "text/html"));
        Assert.Equal(HttpStatusCode.Redirect, page.StatusCode);
        Assert.StartsWith("/login?returnUrl=", page.Headers.Location!.OriginalString);
        using var program = await SendAsync(client, HttpMethod.Get, path);
        Assert.Equal(HttpStatusCode.Unauthorized, program.StatusCode);
        Assert.Equal("Healthy", await client.GetStringAsync("/health", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Link_is_changed_for_a_cookie_that_opens_the_pages()
    {
        await using var host = await DashboardHost.StartAsync();
        using var client = host.Client(loggedIn: false);

        using var login = await SendAsync(client, HttpMethod.Get, $"/login?t={host.Options.BrowserToken}&returnUrl=%2Ftraces%3Ferrors%3DTrue");

        Assert.Equal("/traces?errors=True", login.Headers.Location!.OriginalString);
        var cookie = Assert.Single(login.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(host.Options.BrowserToken, cookie);
        using var page = await SendAsync(client, HttpMethod.Get, "/traces");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [Fact]
    public async Task Wrong_token_gives_no_cookie_and_says_where_the_right_one_is()
    {
        await using var host = await DashboardHost.StartAsync();
        using var client = host.Client(loggedIn: false);

        using var login = await SendAsync(client, HttpMethod.Get, "/login?t=wrong");

        Assert.Equal(HttpStatusCode.Unauthorized, login.StatusCode);
        Assert.False(login.Headers.Contains("Set-Cookie"));
        Assert.Contains("not the token of this run", await login.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("/login?t=x")]
    public async Task Login_leads_to_no_other_site(string returnUrl)
    {
        await using var host = await DashboardHost.StartAsync();
        using var client = host.Client(loggedIn: false);

        using var login = await SendAsync(client, HttpMethod.Get, $"/login?t={host.Options.BrowserToken}&returnUrl={Uri.EscapeDataString(returnUrl)}");

        Assert.Equal("/", login.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "http://localhost:1")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task Page_of_another_origin_can_do_nothing_even_with_the_cookie(string header, string value)
    {
        await using var host = await DashboardHost.StartAsync();
        using var client = host.Client();

        using var post = await SendAsync(client, HttpMethod.Post, "/api/telemetry/import", (header, value));
        using var socket = await SendAsync(client, HttpMethod.Get, "/_blazor", (header, value), ("Connection", "Upgrade"), ("Upgrade", "websocket"));

        Assert.Equal(HttpStatusCode.Forbidden, post.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, socket.StatusCode);
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("localhost.evil.example")]
    [InlineData("192.168.1.5")]
    public async Task Other_name_for_this_machine_is_refused(string name)
    {
        await using var host = await DashboardHost.StartAsync();
        using var client = host.Client();

        using var answer = await SendAsync(client, HttpMethod.Get, "/health", ("Host", name));

        Assert.Equal(HttpStatusCode.MisdirectedRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Every_answer_has_a_policy_that_allows_no_inline_script()
    {
        await using var host = await DashboardHost.StartAsync();
        using var client = host.Client();
        foreach (var path in new[] { "/login", "/traces", "/assets/site.js", "/health" })
        {
            using var answer = await SendAsync(client, HttpMethod.Get, path);
            var policy = answer.Headers.GetValues("Content-Security-Policy").First();
            Assert.Contains("script-src 'self';", policy);
            Assert.Contains("default-src 'none'", policy);
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        }
    }

    static async Task<HttpResponseMessage> SendAsync(HttpClient client, HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        await answer.Content.LoadIntoBufferAsync(TestContext.Current.CancellationToken);
        return answer;
    }
}
