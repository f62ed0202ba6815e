using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FlagCloud.Tests.Hosting;

namespace FlagCloud.Tests.Access;

public sealed class HeaderTests(AzuriteFixture azurite, SiloFixture fixture)
{
    [Theory]
    [InlineData("GET", "/", null, HttpStatusCode.OK)]
    [InlineData("GET", "/api/comparisons", null, HttpStatusCode.OK)]
    [InlineData("GET", "/api/nothing", null, HttpStatusCode.NotFound)]
    [InlineData("PUT", "/api/comparisons", null, HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "/api/comparisons?limit=abc", null, HttpStatusCode.BadRequest)]
    [InlineData("GET", "/api/comparisons", "evil.example", HttpStatusCode.BadRequest)]
    public async Task Every_answer_says_what_browsers_may_do_with_it(string method, string path, string? hostName, HttpStatusCode expected)
    {
        var host = await fixture.Host(azurite);
        using var request = new HttpRequestMessage(new(method), path);
        if (hostName is not null) request.Headers.Host = hostName;

        using var response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(expected, response.StatusCode);
        Assert.Equal(["nosniff"], response.Headers.GetValues("X-Content-Type-Options"));
        Assert.Contains("default-src 'none'", Assert.Single(response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Equal(["DENY"], response.Headers.GetValues("X-Frame-Options"));
        if (expected >= HttpStatusCode.BadRequest)
        {
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
            var problem = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
            Assert.False(string.IsNullOrWhiteSpace(problem.GetProperty("detail").GetString()));
            Assert.DoesNotContain("System.", problem.GetRawText(), StringComparison.Ordinal);
        }
    }
}
