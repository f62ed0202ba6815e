using FlagCloud.Tests.Hosting;
using Microsoft.Playwright;

namespace FlagCloud.Tests.ByHand;

/// <summary>
/// Takes the pictures of the documentation from a dashboard that runs: FLAGCLOUD_SCREENSHOTS_OF is its login link,
/// FLAGCLOUD_SCREENSHOTS the folder that they go to.
/// </summary>
public sealed class Screenshots(Browser browser)
{
    static readonly (string Name, string Path)[] Pages =
    [
        ("resources", "/resources?name=silo"), ("graph", "/resources?view=graph"), ("console", "/console"), ("logs", "/logs"), ("traces", "/traces"), ("trace", "/traces/TRACE"),
        ("metrics", "/metrics?meter=FlagCloud&name=flagcloud.download.duration&window=auto"), ("data", "/data"),
    ];

    [Fact]
    public async Task Every_page_in_light_and_dark_wide_and_small()
    {
        if (Environment.GetEnvironmentVariable("FLAGCLOUD_SCREENSHOTS_OF") is not { Length: > 0 } login
            || Environment.GetEnvironmentVariable("FLAGCLOUD_SCREENSHOTS") is not { Length: > 0 } folder)
        {
            Assert.Skip("FLAGCLOUD_SCREENSHOTS_OF and FLAGCLOUD_SCREENSHOTS are not set.");
            return;
        }
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
            foreach (var width in new[] { 1280, 360 })
                await TakeAsync(login, folder, scheme, width);
        Assert.Equal(Pages.Length * 4, Directory.GetFiles(folder, "dashboard-*.png").Length);
    }

    async Task TakeAsync(string login, string folder, ColorScheme scheme, int width)
    {
        await using var context = await browser.NewContextAsync(width, scheme);
        var page = await context.NewPageAsync();
        await page.GotoAsync(login);
        var site = new Uri(page.Url).GetLeftPart(UriPartial.Authority);
        await page.GotoAsync($"{site}/traces?text=comparison");
        var trace = await page.GetByRole(AriaRole.Link, new() { Name = "comparison", Exact = true }).First.GetAttributeAsync("href") ?? throw new InvalidOperationException("There is no trace of a comparison; run one first.");
        foreach (var (name, path) in Pages)
        {
            await page.GotoAsync(site + path.Replace("/traces/TRACE", new Uri(new Uri(site), trace).PathAndQuery));
            await page.Locator("h1").WaitForAsync();
            await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"dashboard-{name}-{scheme.ToString().ToLowerInvariant()}-{width}.png") });
        }
    }
}
