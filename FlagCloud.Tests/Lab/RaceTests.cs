using System.Globalization;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using FlagCloud.Contracts;
using FlagCloud.Tests.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FlagCloud.Tests.Lab;

/// <summary>A race as somebody sees it, held against what the API says of it.</summary>
public sealed class RaceTests(AzuriteFixture azurite, Browser browser, LabFixture lab) : IClassFixture<LabFixture>
{
    static readonly LocatorAssertionsToContainTextOptions Patient = new() { Timeout = 60_000 };

    [Fact]
    public async Task Race_from_the_form_to_the_verdict_shows_the_figures_of_the_api()
    {
        var host = await lab.Host(azurite);
        await using var session = new LabSession(browser, host);
        var page = await session.Open("/");

        await page.GetByText("Change the settings").ClickAsync();
        await page.GetByRole(AriaRole.Radio, new() { Name = "Pick" }).CheckAsync();
        foreach (var code in new[] { "br", "cn", "jp" })
        {
            await page.GetByLabel("Country or code").FillAsync(code);
            await page.Locator(".picker-list").GetByText(code, new() { Exact = true }).ClickAsync();
        }
        await page.GetByRole(AriaRole.Spinbutton, new() { Name = "Measured rounds" }).FillAsync("6");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start the race" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/race/\\d"), new() { Timeout = 60_000 });
        var id = page.Url.Split('/')[^1];

        await Expect(page.Locator(".sub").First).ToContainTextAsync(id, Patient); // Until then it is the home page's.
        await Expect(page.Locator(".title .badge")).ToContainTextAsync("completed", Patient);
        await Expect(page.Locator("[data-figure=verdict]")).ToContainTextAsync("as fast as sequential");
        await Expect(page.Locator(".lane")).ToHaveCountAsync(3);
        await Expect(page.Locator(".wall .ok img")).ToHaveCountAsync(9);
        var comparison = await host.Get(id);
        Assert.Equal(ComparisonStatus.Completed, comparison.Status);
        Assert.Equal(["br", "cn", "jp"], comparison.Settings.Countries);
        foreach (var summary in comparison.Summary)
        {
            var row = page.Locator($"tr[data-strategy={summary.Strategy}]");
            await Expect(row.Locator("[data-figure=median]")).ToHaveTextAsync(Text(summary.MedianSeconds, "0.000"));
            await Expect(row.Locator("[data-figure=interval]")).ToHaveTextAsync($"{Text(summary.CiLowSeconds, "0.000")} – {Text(summary.CiHighSeconds, "0.000")}");
            await Expect(row.Locator("[data-figure=speedup]")).ToHaveTextAsync(Text(summary.Speedup, "0.00"));
            await Expect(row.Locator("[data-figure=goodput]")).ToHaveTextAsync(Text(summary.GoodputPerSecond, "0.0"));
            await Expect(page.Locator($".lane[aria-label={summary.Strategy}] [data-figure=clock]"))
                .ToHaveTextAsync(Text(comparison.Runs.Last(run => run.Strategy == summary.Strategy).ElapsedSeconds, "0.00"));
        }
        Assert.True(await page.Locator(".wall img").EvaluateAllAsync<bool>("images => images.every(image => image.complete && image.naturalWidth > 0)"));

        // The last round once more: nothing is stored at its start, and everything at its end.
        await page.GetByLabel("Second of the round").FillAsync("0");
        await Expect(page.Locator(".lane [data-figure=stored]")).ToHaveTextAsync(["0", "0", "0"]);
        await page.GetByRole(AriaRole.Button, new() { Name = "4×" }).ClickAsync();
        await Expect(page.Locator(".lane [data-figure=stored]")).ToHaveTextAsync(["3", "3", "3"]);
    }

    [Fact]
    public async Task Cancel_in_mid_run_ends_the_race_with_a_record_that_adds_up()
    {
        var host = await lab.Host(azurite);
        await using var session = new LabSession(browser, host);
        var page = await session.Open("/"); // Which is open already when somebody else begins.
        var started = await host.Start(new { countries = "all", profile = "delay", strategies = new[] { "sequential" }, warmup = false });

        await page.Locator(".wall img").First.WaitForAsync(new() { Timeout = 60_000 });
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();

        await Expect(page.Locator(".title .badge")).ToContainTextAsync("cancelled", Patient);
        await Expect(page.Locator("[data-figure=verdict]")).ToHaveTextAsync("It was cancelled, so there is no verdict.");
        var comparison = await host.Get(started.Id);
        Assert.Equal(ComparisonStatus.Cancelled, comparison.Status);
        SiloClient.AddsUp(Assert.Single(comparison.Runs));
        Assert.True(comparison.Runs[0].Cancelled > 0);
        await Expect(page.Locator(".wall .ok")).ToHaveCountAsync(comparison.Runs[0].Ok);
    }

    [Fact]
    public async Task Reload_and_second_viewer_in_mid_run_see_the_same_race()
    {
        var host = await lab.Host(azurite);
        await using var session = new LabSession(browser, host);
        var started = await host.Start(new { countries = new[] { "br", "cn", "jp", "de", "fr", "in" }, profile = "delay", strategies = new[] { "threaded", "sequential" }, warmup = false });
        var page = await session.Open($"/race/{started.Id}");
        var sequential = page.Locator(".lane[aria-label=sequential]");
        await Expect(sequential.Locator(".wall .ok")).Not.ToHaveCountAsync(0, new() { Timeout = 60_000 });
        var seen = await sequential.Locator(".wall .ok").CountAsync();

        await page.ReloadAsync();
        var second = await session.Open($"/race/{started.Id}");

        foreach (var viewer in new[] { page, second })
        {
            await Expect(viewer.Locator(".lane[aria-label=threaded] .wall .ok")).ToHaveCountAsync(6); // It had ended before they looked.
            await Expect(viewer.Locator(".lane[aria-label=sequential] .wall .ok").Nth(seen - 1)).ToBeVisibleAsync();
            await Expect(viewer.Locator("h1")).ToContainTextAsync("Run 2 of 2: sequential");
        }
        Assert.Equal(ComparisonStatus.Running, (await host.Get(started.Id)).Status);
        await host.End(started.Id);
        foreach (var viewer in new[] { page, second })
        {
            await Expect(viewer.Locator(".title .badge")).ToContainTextAsync("completed", Patient);
            await Expect(viewer.Locator(".wall .ok")).ToHaveCountAsync(12);
        }
        Assert.Equal(await page.Locator("[data-figure=clock]").AllTextContentsAsync(), await second.Locator("[data-figure=clock]").AllTextContentsAsync());
    }

    [Fact]
    public async Task Two_runs_side_by_side_have_the_figures_of_the_api()
    {
        var host = await lab.Host(azurite);
        await using var session = new LabSession(browser, host);
        var one = await host.Run(new { countries = new[] { "br", "cn" }, profile = "web", concurrency = 2, warmup = false });
        var other = await host.Run(new { countries = new[] { "br", "cn" }, profile = "web", concurrency = 1, warmup = false });
        var page = await session.Open("/runs");

        await page.GetByLabel($"Compare {one.Id}").CheckAsync();
        await page.GetByLabel($"Compare {other.Id}").CheckAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Compare 2" }).ClickAsync();

        await Expect(page.Locator("h1")).ToHaveTextAsync("Compare");
        foreach (var summary in one.Summary)
            await Expect(page.Locator($"tr[data-strategy={summary.Strategy}] [data-figure=median]")).ToHaveTextAsync(
                new[] { one, other }.Select(run => $"{Text(run.Summary.Single(its => its.Strategy == summary.Strategy).MedianSeconds, "0.000")} s"));
        await Expect(page.Locator("tr.differs").First).ToContainTextAsync("In flight at most");
    }

    [Fact]
    public async Task Why_shows_every_download_leads_to_its_trace_and_zooms_all_strategies_together()
    {
        var host = await lab.Host(azurite);
        await using var session = new LabSession(browser, host);
        var run = await host.Run(new { countries = new[] { "br", "cn", "jp" }, profile = "web", warmup = false });
        var downloads = await host.Downloads(run.Id);
        var page = await session.Open($"/why/{run.Id}");

        await Expect(page.Locator(".timeline-chart a")).ToHaveCountAsync(9);
        Assert.Equal(
            downloads.Select(download => $"http://localhost:1/traces/detail/{run.Runs.Single(its => its.Name == download.Name).TraceId}").Order(),
            (await page.Locator(".timeline-chart a").EvaluateAllAsync<string[]>("links => links.map(link => link.getAttribute('href'))")).Order());
        var row = page.Locator(".timeline-chart a").First;
        await row.FocusAsync();
        await Expect(page.Locator(".float-tip")).ToContainTextAsync(new Regex(@"sequential: ok; queued .*, waiting .*, body .*, work .*, storing .*; done at"));

        var whole = await page.Locator("[data-figure=zoom]").TextContentAsync();
        var chart = (await page.Locator(".timeline-chart").Nth(1).BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(chart.X + chart.Width * .25f, chart.Y + 20);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(chart.X + chart.Width * .5f, chart.Y + 20, new() { Steps = 5 });
        await page.Mouse.UpAsync();

        await Expect(page.Locator("[data-figure=zoom]")).Not.ToHaveTextAsync(whole!);
        var axes = await page.Locator(".timeline-chart").EvaluateAllAsync<string[]>("charts => charts.map(chart => [...chart.querySelectorAll('.x')].map(tick => tick.textContent).join())");
        Assert.Equal(3, axes.Length);
        Assert.Single(axes.Distinct());
        await page.Keyboard.PressAsync("0");
        await Expect(page.Locator("[data-figure=zoom]")).ToHaveTextAsync(whole!);
    }

    static string Text(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "–";
}
