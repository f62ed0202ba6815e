using System.Globalization;
using FlagCloud.Dashboard.Telemetry;
using FlagCloud.Tests.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FlagCloud.Tests.Dashboard;

/// <summary>Traces and their waterfall, with the telemetry of a comparison.</summary>
public sealed class TracePageTests(Browser browser) : DashboardPages(browser)
{
    [Fact]
    public async Task Traces_lists_what_is_held_and_leads_to_the_waterfall()
    {
        var page = await Pages.OpenAsync(Host.Server.LoginUrl, "/traces");

        await Expect(page.Locator(".foot")).ToContainTextAsync($"1 of 1 traces, {Sample.Spans.ToString("N0", CultureInfo.InvariantCulture)} spans held");
        await page.GetByRole(AriaRole.Link, new() { Name = "comparison" }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("comparison");
        var errors = Host.Store.Traces.List().Single().Errors;
        await Expect(page.Locator(".figures")).ToContainTextAsync($"Errors {errors}");
        await Expect(page.Locator(".waterfall .row.several").Filter(new() { HasText = "threaded" })).ToBeVisibleAsync();
        await Expect(page.GetByText("flag × 20").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Waterfall_opens_folds_finds_spans_and_shows_one_with_its_logs()
    {
        var failed = Host.Store.Traces.All().First(span => span.IsError);
        var page = await Pages.OpenAsync(Host.Server.LoginUrl, $"/traces/{Sample.TraceText}");

        await page.GetByRole(AriaRole.Button, new() { Name = "Open flag × 20" }).First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Close flag × 20" }).First).ToBeVisibleAsync();
        await page.GetByLabel("Errors only").CheckAsync();
        await Expect(page.Locator(".foot")).ToContainTextAsync($"{Host.Store.Traces.List().Single().Errors} spans match");
        await page.Locator($"a[href*='span={failed.Id}']").First.ClickAsync();

        var pane = page.GetByRole(AriaRole.Complementary, new() { Name = "Span" });
        await Expect(pane).ToContainTextAsync(failed.StatusMessage);
        await Expect(pane).ToContainTextAsync(UnixNano.Readable(failed.Duration));
        await Expect(pane).ToContainTextAsync(Host.Store.Logs.Where(entry => entry.SpanId == failed.Id).Single().Message);
        await Expect(pane).ToContainTextAsync("exception");
        Assert.Contains($"span={failed.Id}", page.Url);
    }

    [Fact]
    public async Task Branch_of_a_trace_has_the_whole_width_until_the_whole_trace_is_wanted_again()
    {
        var run = Host.Store.Traces.All().First(span => span.Name == "run async");
        var page = await Pages.OpenAsync(Host.Server.LoginUrl, $"/traces/{Sample.TraceText}?span={run.Id}");

        await page.GetByRole(AriaRole.Link, new() { Name = "Only this branch" }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("run async");
        await Expect(page.Locator(".figures")).ToContainTextAsync($"Duration {UnixNano.Readable(run.Duration)}");
        await page.GetByRole(AriaRole.Link, new() { Name = "Show the whole trace" }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("comparison");
    }

    [Fact]
    public async Task Trace_of_two_thousand_spans_is_drawn_at_once()
    {
        var large = new SampleTelemetry(DateTimeOffset.UtcNow.AddMinutes(-5), flags: 190, rounds: 1, seed: 2);
        Host.Store.Add(large.Build());
        Assert.InRange(large.Spans, 2_000, 2_500);
        var page = await Pages.OpenAsync(Host.Server.LoginUrl, "/traces");

        var clock = System.Diagnostics.Stopwatch.StartNew();
        await page.GotoAsync($"{Host.Server.Url}/traces/{large.TraceText}?fold=False");
        await Expect(page.Locator(".waterfall .row").Nth(10)).ToBeVisibleAsync();

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        TestContext.Current.TestOutputHelper!.WriteLine($"{large.Spans} spans drawn in {clock.ElapsedMilliseconds} ms");
    }
}
