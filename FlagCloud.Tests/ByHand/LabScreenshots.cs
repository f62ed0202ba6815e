using System.Net.Http.Json;
using FlagCloud.Contracts;
using FlagCloud.Tests.Hosting;
using Microsoft.Playwright;

namespace FlagCloud.Tests.ByHand;

/// <summary>Takes pictures of every view of the lab at FLAGCLOUD_LAB, which has run two comparisons at least, into the folder FLAGCLOUD_SCREENSHOTS.</summary>
public sealed class LabScreenshots(Browser browser)
{
    [Fact]
    public async Task Every_view_in_light_and_dark_at_three_widths()
    {
        if (Environment.GetEnvironmentVariable("FLAGCLOUD_LAB") is not { Length: > 0 } lab || Environment.GetEnvironmentVariable("FLAGCLOUD_SCREENSHOTS") is not { Length: > 0 } folder)
        {
            Assert.Skip("FLAGCLOUD_LAB and FLAGCLOUD_SCREENSHOTS are not set.");
            return;
        }
        using var api = new HttpClient { BaseAddress = new(lab) };
        var runs = (await api.GetFromJsonAsync<Comparison[]>("/api/comparisons?limit=2", FlagCloudJson.Options))!;
        (string Name, string Path)[] views =
        [
            ("start", "/"), ("verdict", $"/race/{runs[0].Id}"), ("why", $"/why/{runs[0].Id}"), ("questions", "/questions"), ("runs", "/runs"),
            ("run", $"/runs/{runs[0].Id}"), ("compare", $"/compare?id={runs[0].Id}&id={runs[1].Id}"), ("flags", "/flags"), ("cluster", "/cluster"),
        ];
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
            foreach (var width in new[] { 360, 1280, 1920 })
            {
                await using var context = await browser.NewContextAsync(width, scheme);
                var page = await context.NewPageAsync();
                foreach (var (name, path) in views)
                {
                    await page.GotoAsync(api.BaseAddress + path.TrimStart('/'));
                    await page.Locator("h1").First.WaitForAsync();
                    await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
                    await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"lab-{name}-{scheme.ToString().ToLowerInvariant()}-{width}.png") });
                }
            }
    }
}
