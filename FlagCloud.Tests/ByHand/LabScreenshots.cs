using FlagCloud.Tests.Hosting;
using Microsoft.Playwright;

namespace FlagCloud.Tests.ByHand;

/// <summary>Takes pictures of every view of the lab, before, during and after its first comparison, into the folder FLAGCLOUD_SCREENSHOTS.</summary>
public sealed class LabScreenshots(AzuriteFixture azurite, Browser browser)
{
    [Fact]
    public async Task Every_view_in_light_and_dark_at_three_widths()
    {
        if (Environment.GetEnvironmentVariable("FLAGCLOUD_SCREENSHOTS") is not { Length: > 0 } folder)
        {
            Assert.Skip("FLAGCLOUD_SCREENSHOTS is not set.");
            return;
        }
        await using var host = await SiloHost.Start(azurite, new Dictionary<string, string?> { ["Lab:Dashboard"] = "http://localhost:1/" });
        async Task Take(params (string Name, string Path)[] views)
        {
            foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
                foreach (var width in new[] { 360, 1280, 1920 })
                {
                    await using var context = await browser.NewContextAsync(width, scheme);
                    var page = await context.NewPageAsync();
                    foreach (var (name, path) in views)
                    {
                        await page.GotoAsync(host.Client.BaseAddress + path.TrimStart('/'));
                        await page.Locator("h1").First.WaitForAsync();
                        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
                        await page.WaitForTimeoutAsync(500); // The live connection has drawn, and pictures have come.
                        // The whole page, which scrolls inside its frame.
                        var height = await page.EvaluateAsync<int>("() => Math.max(...[...document.querySelectorAll('.page')].map(page => page.scrollHeight)) + 60");
                        await page.SetViewportSizeAsync(width, Math.Clamp(height, 780, 3000));
                        await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"lab-{name}-{scheme.ToString().ToLowerInvariant()}-{width}.png") });
                        await page.SetViewportSizeAsync(width, 780);
                    }
                }
        }

        await Take(("empty", "/"));
        var first = await host.Start(new { countries = "top20", profile = "web", rounds = 6 });
        await Eventually.True("a run that is under way", async () => (await host.Get(first.Id)).Runs.Count > 3, seconds: 60);
        await Take(("running", "/"));
        await host.End(first.Id);
        var other = await host.Run(new { countries = "top20", profile = "local", rounds = 6, concurrency = 5, strategies = new[] { "threaded", "async" } });
        using var asked = await host.Client.PostAsync("/api/questions/2", null);
        var question = asked.Headers.Location!.ToString().Split('/')[^1];
        await host.End(question);
        await Take(
            ("start", $"/"), ("verdict", $"/race/{first.Id}"), ("why", $"/why/{first.Id}"), ("questions", "/questions"), ("runs", "/runs"), ("record", $"/runs/{first.Id}"),
            ("compare", $"/compare?id={first.Id}&id={other.Id}"), ("flags", "/flags?code=br"), ("cluster", "/cluster"), ("form", $"/?like={first.Id}"));
    }
}
