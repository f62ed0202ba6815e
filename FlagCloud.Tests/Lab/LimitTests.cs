using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FlagCloud.Contracts;
using FlagCloud.Tests.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FlagCloud.Tests.Lab;

/// <summary>How much may be asked for, and by whom.</summary>
public sealed class LimitTests(AzuriteFixture azurite, Browser browser)
{
    const string Key = "a key for this test only";

    [Fact]
    public async Task More_than_twenty_waiting_comparisons_are_refused_until_one_is_cancelled()
    {
        await using var host = await SiloHost.Start(azurite);
        var request = new { countries = "all", profile = "delay", concurrency = 1 };
        var running = await host.Start(request);
        var waiting = new List<Comparison>();
        for (var i = 0; i < 20; i++) waiting.Add(await host.Start(request));

        using var refused = await host.Client.PostAsJsonAsync("/api/comparisons", request);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal("Too many comparisons wait", (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("title").GetString());
        using var asked = await host.Client.PostAsync("/api/questions/1", null);
        Assert.Equal(HttpStatusCode.TooManyRequests, asked.StatusCode);
        using var cancelled = await host.Client.DeleteAsync($"/api/comparisons/{waiting[^1].Id}");
        Assert.True(cancelled.IsSuccessStatusCode);
        waiting[^1] = await host.Start(request);
        foreach (var comparison in waiting.Append(running))
            using (await host.Client.DeleteAsync($"/api/comparisons/{comparison.Id}")) { }
    }

    [Fact]
    public async Task Comparison_of_too_many_downloads_is_refused_with_the_field_to_change()
    {
        await using var host = await SiloHost.Start(azurite);

        using var refused = await host.Client.PostAsJsonAsync("/api/comparisons", new { countries = "every", rounds = 1_000 });

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("At most 250000 are allowed", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_key_configured_pages_change_nothing_before_it_is_entered()
    {
        await using var host = await SiloHost.Start(azurite, new Dictionary<string, string?> { ["Api:Key"] = Key });
        await using var session = new LabSession(browser, host);
        var page = await session.Open("/");
        var start = page.GetByRole(AriaRole.Button, new() { Name = "The race" });
        await Expect(start).ToBeDisabledAsync();

        await page.GetByLabel("API key").FillAsync("another");
        await page.GetByRole(AriaRole.Button, new() { Name = "Unlock" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("That is not the key.");
        await Expect(start).ToBeDisabledAsync();
        await page.GetByLabel("API key").FillAsync(Key);
        await page.GetByRole(AriaRole.Button, new() { Name = "Unlock" }).ClickAsync();

        await Expect(start).ToBeEnabledAsync();
        await page.ReloadAsync();
        await Expect(start).ToBeEnabledAsync();
    }
}
