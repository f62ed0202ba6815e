using Azure.Storage.Blobs;
using Deque.AxeCore.Playwright;
using FlagCloud.Tests.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FlagCloud.Tests.Lab;

public sealed class PageTests(AzuriteFixture azurite, Browser browser, LabFixture lab) : IClassFixture<LabFixture>
{
    [Theory]
    [InlineData("/")]
    [InlineData("/race/ID")]
    [InlineData("/why/ID")]
    [InlineData("/questions")]
    [InlineData("/runs")]
    [InlineData("/runs/ID")]
    [InlineData("/compare?id=ID&id=OTHER")]
    [InlineData("/flags?code=br")]
    [InlineData("/cluster")]
    public async Task Page_is_accessible_in_light_and_dark_and_fits_a_small_screen(string path)
    {
        var host = await lab.Host(azurite);
        await using var session = new LabSession(browser, host);
        var (id, other) = await Runs(host);
        var address = path.Replace("ID", id, StringComparison.Ordinal).Replace("OTHER", other, StringComparison.Ordinal);

        var page = await session.Open(address);
        await page.Locator(".card, .table, .lane").First.WaitForAsync();
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
#pragma warning disable CS0618 // Its successor opens another page each time, for frames, of which there are none here: that takes twice as long.
            var found = await page.RunAxeLegacy();
#pragma warning restore CS0618
            Assert.True(found.Violations.Length is 0, $"{scheme}: " + string.Join("; ", found.Violations.Select(violation =>
                $"{violation.Impact} {violation.Id}: {violation.Help} at {string.Join(", ", violation.Nodes.Take(3).Select(node => node.Html))}")));
        }
        await page.SetViewportSizeAsync(360, 780);
        Assert.Equal(360, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        Assert.True(await page.Locator(".page").EvaluateAsync<bool>("page => page.scrollWidth <= page.clientWidth"), "The page scrolls sideways.");
    }

    [Fact]
    public async Task Flags_show_their_provenance_and_are_refreshed_one_by_one()
    {
        var host = await lab.Host(azurite);
        await using var session = new LabSession(browser, host);
        await Runs(host);
        var page = await session.Open("/flags");

        await page.GetByRole(AriaRole.Link, new() { Name = "Brazil" }).ClickAsync();

        var stored = Assert.Single(await host.StoredFlags(), flag => flag.Country == "br");
        foreach (var fact in new[] { stored.Source!, stored.Sha256!, stored.ComparisonId!, stored.ETag })
            await Expect(page.Locator(".provenance")).ToContainTextAsync(fact);
        await page.GetByRole(AriaRole.Button, new() { Name = "Refresh this one" }).ClickAsync();
        await Expect(page.Locator(".notice.info")).ToContainTextAsync("1 current, 0 fetched again", new() { Timeout = 60_000 });
        Assert.Equal(stored, Assert.Single(await host.StoredFlags(), flag => flag.Country == "br"));
    }

    [Fact]
    public async Task Flags_are_refreshed_all_together_and_one_that_is_gone_is_fetched_again()
    {
        var host = await lab.Host(azurite);
        await using var session = new LabSession(browser, host);
        await Runs(host);
        var before = await host.StoredFlags();
        var page = await session.Open("/flags");
        await Expect(page.Locator(".gallery li")).ToHaveCountAsync(before.Count);
        await new BlobContainerClient(host.ConnectionString, "flags").DeleteBlobAsync("br.svg", cancellationToken: TestContext.Current.CancellationToken);

        await page.GetByRole(AriaRole.Button, new() { Name = "Refresh all" }).ClickAsync();
        await Expect(page.Locator(".notice.info")).ToContainTextAsync($"{before.Count - 1} current, 1 fetched again", new() { Timeout = 60_000 });

        Assert.Equal(before.Select(flag => (flag.Country, flag.Sha256)).Order(), (await host.StoredFlags()).Select(flag => (flag.Country, flag.Sha256)).Order());
    }

    [Fact]
    public async Task Keyboard_leads_from_page_to_page()
    {
        var host = await lab.Host(azurite);
        await using var session = new LabSession(browser, host);
        var page = await session.Open("/");

        foreach (var (key, title) in new[] { ("f", "Flags"), ("c", "Cluster"), ("h", "Runs"), ("q", "Questions") })
        {
            await page.Locator("body").PressAsync(key);
            await Expect(page.Locator("h1")).ToHaveTextAsync(title);
        }
        await page.Locator("body").PressAsync("r");
        await page.WaitForURLAsync(session.Address + "/");
    }

    [Fact]
    public async Task Report_is_one_file_with_the_figures_and_asks_nobody_for_anything()
    {
        var host = await lab.Host(azurite);
        var (id, _) = await Runs(host);
        var comparison = await host.Get(id);

        using var response = await host.Client.GetAsync($"/runs/{id}/report.html");
        var html = await response.Content.ReadAsStringAsync();

        Assert.Equal($"{id}.html", response.Content.Headers.ContentDisposition!.FileName!.Trim('"'));
        foreach (var summary in comparison.Summary)
            Assert.Contains(summary.MedianSeconds.ToString("0.000", System.Globalization.CultureInfo.InvariantCulture), html, StringComparison.Ordinal);
        Assert.Contains("class=\"segment p1\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(" src=", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(" href=", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("@import", html, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Csv_of_a_run_is_the_one_of_the_api()
    {
        var host = await lab.Host(azurite);
        var (id, _) = await Runs(host);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/comparisons/{id}/downloads") { Headers = { { "Accept", "text/csv" } } };
        using var asked = await host.Client.SendAsync(request);

        var csv = await host.Client.GetStringAsync($"/runs/{id}/downloads.csv");

        Assert.Equal(await asked.Content.ReadAsStringAsync(), csv);
        Assert.Equal(6 + 2, csv.Split("\r\n").Length); // Heading, and nothing after the last line's end.
    }

    (string, string)? known;

    async Task<(string, string)> Runs(SiloHost host)
    {
        if (known is { } runs) return runs;
        var request = new { countries = new[] { "br", "cn" }, profile = "local", warmup = false };
        known = ((await host.Run(request)).Id, (await host.Run(request)).Id);
        return known.Value;
    }
}
