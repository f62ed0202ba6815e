using System.Globalization;
using FlagCloud.Dashboard.Telemetry;
using FlagCloud.Tests.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FlagCloud.Tests.Dashboard;

/// <summary>Metrics and structured logs, with the telemetry of a comparison.</summary>
public sealed class MetricAndLogPageTests(Browser browser) : DashboardPages(browser)
{
    [Fact]
    public async Task Metrics_shows_one_line_per_strategy_with_its_figures_and_exemplars_that_lead_to_the_trace()
    {
        var page = await Pages.OpenAsync(Host.Server.LoginUrl, "/metrics");

        await page.GetByRole(AriaRole.Link, new() { Name = "flagcloud.download.duration" }).ClickAsync();
        await Expect(page.Locator(".legend span")).ToHaveTextAsync(["async", "sequential", "threaded"]);
        foreach (var strategy in new[] { "async", "sequential", "threaded" })
        {
            var flags = Host.Store.Traces.All().Count(span => span.Name == "flag" && span.Attributes.Find("strategy") == strategy);
            await Expect(page.Locator("table.data tr").Filter(new() { HasText = strategy }).Locator("td").Nth(1)).ToHaveTextAsync(flags.ToString(CultureInfo.InvariantCulture));
        }
        await page.GetByLabel("One line for each").SelectOptionAsync("");
        await Expect(page.Locator(".legend span")).ToHaveTextAsync(["P50", "P90", "P99"]);
        await page.Locator(".exemplar").First.ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("comparison");
        Assert.Contains($"/traces/{Sample.TraceText}?span=", page.Url);
        await Expect(page.Locator(".row.selected")).ToBeInViewportAsync();
    }

    [Fact]
    public async Task Logs_are_filtered_by_level_and_field_and_the_address_keeps_it()
    {
        var page = await Pages.OpenAsync(Host.Server.LoginUrl, "/logs");
        var errors = Host.Store.Logs.Where(entry => entry.Severity >= 17);

        await page.GetByLabel("Lowest level").SelectOptionAsync("Error");
        await Expect(page.Locator(".foot")).ToContainTextAsync($"{errors.Count} of {Host.Store.Logs.Entries.Count} logs");
        await page.GetByRole(AriaRole.Button, new() { Name = "Filter" }).ClickAsync();
        await page.GetByLabel("Field").FillAsync("Country");
        await page.GetByLabel("Value").FillAsync(errors[0].Attributes.Find("Country")!);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add" }).ClickAsync();
        var found = errors.Count(entry => entry.Attributes.Find("Country") == errors[0].Attributes.Find("Country"));
        await Expect(page.Locator(".foot")).ToContainTextAsync($"{found} of ");
        await page.ReloadAsync();
        await Expect(page.Locator(".foot")).ToContainTextAsync($"{found} of ");
    }

    [Fact]
    public async Task Log_that_an_address_names_is_in_view_among_thousands()
    {
        Host.Store.Add(OtlpRequests.Logs("silo", Enumerable.Range(0, 3000).Select(i => OtlpRequests.Log($"line {i}", at: i))));
        var wanted = Host.Store.Logs.Where(entry => entry.Message == "line 1500").Single();

        var page = await Pages.OpenAsync(Host.Server.LoginUrl, $"/logs?log={wanted.Number}");

        await Expect(page.Locator(".row.selected")).ToBeInViewportAsync();
        await Expect(page.GetByRole(AriaRole.Complementary, new() { Name = "Log" })).ToContainTextAsync("line 1500");
    }

    [Fact]
    public async Task Logs_that_arrive_appear_by_themselves_unless_paused()
    {
        var page = await Pages.OpenAsync(Host.Server.LoginUrl, "/logs?text=live");
        await Expect(page.GetByText("No log matches")).ToBeVisibleAsync();

        Host.Store.Add(OtlpRequests.Logs("silo", OtlpRequests.Log("live one")));
        await Expect(page.GetByText("live one")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        Host.Store.Add(OtlpRequests.Logs("silo", OtlpRequests.Log("live two")));
        await page.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await Expect(page.GetByText("live two")).ToBeVisibleAsync();
    }
}
