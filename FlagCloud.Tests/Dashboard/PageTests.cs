using Deque.AxeCore.Playwright;
using FlagCloud.Dashboard.Telemetry;
using FlagCloud.Tests.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FlagCloud.Tests.Dashboard;

/// <summary>What all pages have in common.</summary>
public sealed class PageTests(Browser browser) : DashboardPages(browser)
{
    [Theory]
    [InlineData("/resources")]
    [InlineData("/resources?name=silo")]
    [InlineData("/resources?view=graph")]
    [InlineData("/console")]
    [InlineData("/logs?log=3")]
    [InlineData("/traces")]
    [InlineData("/traces/TRACE")]
    [InlineData("/metrics?meter=FlagCloud&name=flagcloud.download.duration")]
    [InlineData("/data")]
    public async Task Page_is_accessible_in_light_and_dark_and_fits_a_small_screen(string path)
    {
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            var page = await Pages.OpenAsync(Host.Server.LoginUrl, path.Replace("TRACE", Sample.TraceText), scheme: scheme);
            var found = await page.RunAxe();
            Assert.True(found.Violations.Length == 0, $"{scheme}: " + string.Join("; ", found.Violations.Select(violation =>
                $"{violation.Id}: {violation.Help} at {string.Join(", ", violation.Nodes.Take(3).Select(node => node.Html))}")));
        }
        var small = await Pages.OpenAsync(Host.Server.LoginUrl, path.Replace("TRACE", Sample.TraceText), width: 360);
        Assert.Equal(360, await small.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    [Fact]
    public async Task Login_form_takes_the_token_and_leads_to_the_page_that_was_asked_for()
    {
        var page = await Pages.OpenAsync(Host.Server.LoginUrl, "/logs");
        await page.Context.ClearCookiesAsync();
        await page.GotoAsync($"{Host.Server.Url}/metrics?window=1h");

        await page.GetByLabel("Token").FillAsync("not the token");
        await page.GetByRole(AriaRole.Button, new() { Name = "Log in" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("not the token of this run");
        await page.GetByLabel("Token").FillAsync(Host.Options.BrowserToken);
        await page.GetByRole(AriaRole.Button, new() { Name = "Log in" }).ClickAsync();

        await Expect(page.Locator("h1")).ToHaveTextAsync("Metrics");
        Assert.EndsWith("/metrics?window=1h", page.Url);
        // The page says 401 to the wrong token, which a browser writes into its console.
        Pages.ForgetProblems();
    }

    [Fact]
    public async Task Keys_lead_through_the_pages_and_rows()
    {
        var page = await Pages.OpenAsync(Host.Server.LoginUrl, "/resources");

        await page.Keyboard.PressAsync("t");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Traces");
        await Expect(page.Locator("a.main")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("h1")).ToHaveTextAsync("comparison");
        await page.Keyboard.PressAsync("?");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Dashboard_with_an_open_page_ends_at_once()
    {
        var host = await DashboardHost.StartAsync();
        var page = await Pages.OpenAsync(host.Server.LoginUrl, "/logs");
        await page.GotoAsync("about:blank");
        await page.GoBackAsync();
        await page.Locator("h1").WaitForAsync();

        var clock = System.Diagnostics.Stopwatch.StartNew();
        await host.DisposeAsync();

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        await Expect(page.Locator("#components-reconnect-modal")).ToBeVisibleAsync();
        await page.CloseAsync();
        Pages.ForgetProblems();
    }

    [Fact]
    public async Task Full_memory_is_said_on_the_page()
    {
        await using var small = await DashboardHost.StartAsync(options => options.Limits = new TelemetryLimits { Logs = 10 });
        small.Store.Add(OtlpRequests.Logs("a", Enumerable.Range(0, 25).Select(i => OtlpRequests.Log($"m{i}"))));
        var page = await Pages.OpenAsync(small.Server.LoginUrl, "/logs");

        await Expect(page.Locator(".notice")).ToContainTextAsync("15 logs");
        await Pages.CloseAsync();
    }
}
