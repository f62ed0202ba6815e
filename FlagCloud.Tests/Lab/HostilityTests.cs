using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using FlagCloud.Contracts;
using FlagCloud.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace FlagCloud.Tests.Lab;

/// <summary>What comes from others, and what others ask for.</summary>
public sealed class HostilityTests(AzuriteFixture azurite, Browser browser, LabFixture lab) : IClassFixture<LabFixture>
{
    const string Markup = "<img src=x onerror=document.title='taken'>";

    static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stored_svg_with_script_is_shown_and_runs_nothing()
    {
        var host = await lab.Host(azurite);
        await using var session = new LabSession(browser, host);
        await Store(host, "zz", """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3" onload="fetch('/taken')"><script>fetch('/taken'); alert(1)</script><rect width="4" height="3" fill="red"/></svg>""");
        var page = await session.Open("/flags");
        var asked = new List<string>();
        page.Request += (_, request) => asked.Add(request.Url);

        await Expect(page.Locator(".gallery img")).ToHaveJSPropertyAsync("complete", true);
        Assert.True(await page.Locator(".gallery img").First.EvaluateAsync<int>("image => image.naturalWidth") > 0);
        Assert.Empty(session.Problems());
        var response = (await page.GotoAsync($"{session.Address}/flags/zz.svg"))!;

        Assert.Equal("nosniff", response.Headers["x-content-type-options"]);
        Assert.Contains("sandbox", response.Headers["content-security-policy"], StringComparison.Ordinal);
        Assert.Contains(session.Problems(), problem => problem.Contains("Blocked script execution", StringComparison.Ordinal) || problem.Contains("Content Security Policy", StringComparison.Ordinal));
        Assert.DoesNotContain(asked, url => url.EndsWith("/taken", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Country_code_with_markup_is_refused_and_shown_as_text()
    {
        var host = await lab.Host(azurite);
        await using var session = new LabSession(browser, host);
        using var refused = await host.Client.PostAsJsonAsync("/api/comparisons", new { countries = new[] { Markup } }, Cancelled);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType!.MediaType);
        var page = await session.Open("/");

        await page.GetByText("Change the settings").ClickAsync();
        await page.GetByRole(Microsoft.Playwright.AriaRole.Radio, new() { Name = "Pick" }).CheckAsync();
        await page.GetByLabel("Country or code").FillAsync(Markup);

        await Expect(page.Locator(".picker [role=status]")).ToHaveTextAsync($"No country matches “{Markup}”.");
        foreach (var path in new[] { "/runs/", "/race/", "/why/" })
        {
            var missing = await session.Open(path + Uri.EscapeDataString(Markup));
            await Expect(missing.Locator(".empty strong")).ToHaveTextAsync("There is no such comparison");
            Assert.Equal(0, await missing.Locator("img[src=x]").CountAsync());
        }
        Assert.Equal(0, await page.Locator("img[src=x]").CountAsync());
    }

    [Theory]
    [InlineData("POST", "/api/comparisons")]
    [InlineData("POST", "/api/questions/1")]
    [InlineData("DELETE", "/api/comparisons/20261123-103732-000-2582")]
    [InlineData("POST", "/_blazor/negotiate?negotiateVersion=1")]
    public async Task Change_asked_for_by_a_page_of_another_origin_is_refused(string method, string path)
    {
        var host = await lab.Host(azurite);
        using var request = new HttpRequestMessage(new(method), path) { Content = new StringContent("{}", null, "application/json"), Headers = { { "Origin", "http://evil.example" } } };

        using var response = await host.Client.SendAsync(request, Cancelled);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal("Refused: from another web site", (await response.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("title").GetString());
    }

    [Fact]
    public async Task Live_connection_opened_by_a_page_of_another_origin_is_refused()
    {
        var host = await lab.Host(azurite);
        using var own = new ClientWebSocket();
        using var foreign = new ClientWebSocket();
        foreign.Options.SetRequestHeader("Origin", "http://evil.example");
        var address = new UriBuilder(host.Client.BaseAddress!) { Scheme = "ws", Path = "/_blazor" }.Uri;

        await own.ConnectAsync(address, Cancelled);
        var refused = await Assert.ThrowsAsync<WebSocketException>(() => foreign.ConnectAsync(address, Cancelled));

        Assert.Equal(WebSocketState.Open, own.State);
        Assert.Contains("403", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_allows_only_its_own_script_and_style()
    {
        var host = await lab.Host(azurite);
        using var response = await host.Client.GetAsync("/", Cancelled);

        var policy = string.Join("; ", response.Headers.GetValues("Content-Security-Policy"));

        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("style-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-eval", policy, StringComparison.Ordinal);
    }

    static async Task Store(SiloHost host, string country, string svg) =>
        await new BlobContainerClient(host.ConnectionString, "flags").GetBlobClient($"{country}.svg").UploadAsync(
            BinaryData.FromString(svg), new BlobUploadOptions { HttpHeaders = new() { ContentType = "image/svg+xml" } }, Cancelled);
}
