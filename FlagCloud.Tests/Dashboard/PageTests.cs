using System.Globalization;
using System.IO.Compression;
using Deque.AxeCore.Playwright;
using FlagCloud.Dashboard.Telemetry;
using FlagCloud.Tests.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FlagCloud.Tests.Dashboard;

/// <summary>The pages in a browser, with a comparison's telemetry; what they show is checked against what is held.</summary>
public sealed class PageTests(Browser browser) : IAsyncLifetime
{
    readonly SampleResources _resources = new();
    readonly SampleTelemetry _sample = new(DateTimeOffset.UtcNow.AddSeconds(-40));
    readonly BrowserSession _browser = new(browser);
    DashboardHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await DashboardHost.StartAsync(resources: _resources);
        _host.Store.Add(_sample.Build());
    }

    public async ValueTask DisposeAsync()
    {
        await using (_host)
            await _browser.CloseAsync();
    }

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
            var page = await _browser.OpenAsync(_host.Server.LoginUrl, path.Replace("TRACE", _sample.TraceText), scheme: scheme);
            var found = await page.RunAxe();
            Assert.True(found.Violations.Length == 0, $"{scheme}: " + string.Join("; ", found.Violations.Select(violation =>
                $"{violation.Id}: {violation.Help} at {string.Join(", ", violation.Nodes.Take(3).Select(node => node.Html))}")));
        }
        var small = await _browser.OpenAsync(_host.Server.LoginUrl, path.Replace("TRACE", _sample.TraceText), width: 360);
        Assert.Equal(360, await small.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    [Fact]
    public async Task Traces_lists_what_is_held_and_leads_to_the_waterfall()
    {
        var page = await _browser.OpenAsync(_host.Server.LoginUrl, "/traces");

        await Expect(page.Locator(".foot")).ToContainTextAsync($"1 of 1 traces, {_sample.Spans.ToString("N0", CultureInfo.InvariantCulture)} spans held");
        await page.GetByRole(AriaRole.Link, new() { Name = "comparison" }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("comparison");
        var errors = _host.Store.Traces.List().Single().Errors;
        await Expect(page.Locator(".figures")).ToContainTextAsync($"Errors {errors}");
        await Expect(page.Locator(".waterfall .row.several").Filter(new() { HasText = "threaded" })).ToBeVisibleAsync();
        await Expect(page.GetByText("flag × 20").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Waterfall_opens_folds_finds_spans_and_shows_one_with_its_logs()
    {
        var failed = _host.Store.Traces.All().First(span => span.IsError);
        var page = await _browser.OpenAsync(_host.Server.LoginUrl, $"/traces/{_sample.TraceText}");

        await page.GetByRole(AriaRole.Button, new() { Name = "Open flag × 20" }).First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Close flag × 20" }).First).ToBeVisibleAsync();
        await page.GetByLabel("Errors only").CheckAsync();
        await Expect(page.Locator(".foot")).ToContainTextAsync($"{_host.Store.Traces.List().Single().Errors} spans match");
        await page.Locator($"a[href*='span={failed.Id}']").First.ClickAsync();

        var pane = page.GetByRole(AriaRole.Complementary, new() { Name = "Span" });
        await Expect(pane).ToContainTextAsync(failed.StatusMessage);
        await Expect(pane).ToContainTextAsync(UnixNano.Readable(failed.Duration));
        await Expect(pane).ToContainTextAsync(_host.Store.Logs.Where(entry => entry.SpanId == failed.Id).Single().Message);
        await Expect(pane).ToContainTextAsync("exception");
        Assert.Contains($"span={failed.Id}", page.Url);
    }

    [Fact]
    public async Task Branch_of_a_trace_has_the_whole_width_until_the_whole_trace_is_wanted_again()
    {
        var run = _host.Store.Traces.All().First(span => span.Name == "run async");
        var page = await _browser.OpenAsync(_host.Server.LoginUrl, $"/traces/{_sample.TraceText}?span={run.Id}");

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
        _host.Store.Add(large.Build());
        Assert.InRange(large.Spans, 2_000, 2_500);
        var page = await _browser.OpenAsync(_host.Server.LoginUrl, "/traces");

        var clock = System.Diagnostics.Stopwatch.StartNew();
        await page.GotoAsync($"{_host.Server.Url}/traces/{large.TraceText}?fold=False");
        await Expect(page.Locator(".waterfall .row").Nth(10)).ToBeVisibleAsync();

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        TestContext.Current.TestOutputHelper!.WriteLine($"{large.Spans} spans drawn in {clock.ElapsedMilliseconds} ms");
    }

    [Fact]
    public async Task Metrics_shows_one_line_per_strategy_with_its_figures_and_exemplars_that_lead_to_the_trace()
    {
        var page = await _browser.OpenAsync(_host.Server.LoginUrl, "/metrics");

        await page.GetByRole(AriaRole.Link, new() { Name = "flagcloud.download.duration" }).ClickAsync();
        await Expect(page.Locator(".legend span")).ToHaveTextAsync(["async", "sequential", "threaded"]);
        foreach (var strategy in new[] { "async", "sequential", "threaded" })
        {
            var flags = _host.Store.Traces.All().Count(span => span.Name == "flag" && span.Attributes.Find("strategy") == strategy);
            await Expect(page.Locator("table.data tr").Filter(new() { HasText = strategy }).Locator("td").Nth(1)).ToHaveTextAsync(flags.ToString(CultureInfo.InvariantCulture));
        }
        await page.GetByLabel("One line for each").SelectOptionAsync("");
        await Expect(page.Locator(".legend span")).ToHaveTextAsync(["P50", "P90", "P99"]);
        await page.Locator(".exemplar").First.ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("comparison");
        Assert.Contains($"/traces/{_sample.TraceText}?span=", page.Url);
        await Expect(page.Locator(".row.selected")).ToBeInViewportAsync();
    }

    [Fact]
    public async Task Logs_are_filtered_by_level_and_field_and_the_address_keeps_it()
    {
        var page = await _browser.OpenAsync(_host.Server.LoginUrl, "/logs");
        var errors = _host.Store.Logs.Where(entry => entry.Severity >= 17);

        await page.GetByLabel("Lowest level").SelectOptionAsync("Error");
        await Expect(page.Locator(".foot")).ToContainTextAsync($"{errors.Count} of {_host.Store.Logs.Entries.Count} logs");
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
        _host.Store.Add(OtlpRequests.Logs("silo", Enumerable.Range(0, 3000).Select(i => OtlpRequests.Log($"line {i}", at: i))));
        var wanted = _host.Store.Logs.Where(entry => entry.Message == "line 1500").Single();

        var page = await _browser.OpenAsync(_host.Server.LoginUrl, $"/logs?log={wanted.Number}");

        await Expect(page.Locator(".row.selected")).ToBeInViewportAsync();
        await Expect(page.GetByRole(AriaRole.Complementary, new() { Name = "Log" })).ToContainTextAsync("line 1500");
    }

    [Fact]
    public async Task Logs_that_arrive_appear_by_themselves_unless_paused()
    {
        var page = await _browser.OpenAsync(_host.Server.LoginUrl, "/logs?text=live");
        await Expect(page.GetByText("No log matches")).ToBeVisibleAsync();

        _host.Store.Add(OtlpRequests.Logs("silo", OtlpRequests.Log("live one")));
        await Expect(page.GetByText("live one")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        _host.Store.Add(OtlpRequests.Logs("silo", OtlpRequests.Log("live two")));
        await page.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await Expect(page.GetByText("live two")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Resource_shows_health_history_masks_secrets_and_takes_commands()
    {
        var page = await _browser.OpenAsync(_host.Server.LoginUrl, "/resources");

        await page.GetByRole(AriaRole.Link, new() { Name = "silo", Exact = true }).ClickAsync();
        var pane = page.GetByRole(AriaRole.Complementary, new() { Name = "Resource" });
        await Expect(pane).ToContainTextAsync("/health did not answer within 5 s");
        Assert.DoesNotContain("very-secret", await page.ContentAsync());
        await pane.GetByRole(AriaRole.Button, new() { Name = "Show or hide ConnectionStrings__blobs" }).ClickAsync();
        await Expect(pane).ToContainTextAsync("very-secret");
        await pane.GetByRole(AriaRole.Button, new() { Name = "Compare now" }).ClickAsync();
        await Expect(page.GetByText("Compare now silo", new() { Exact = false }).Last).ToBeVisibleAsync();
        await pane.GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();
        await page.GetByRole(AriaRole.Alertdialog).GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();
        await Expect(page.GetByText("it did not end within 10 s")).ToBeVisibleAsync();

        Assert.Equal(["compare silo", "stop silo"], _resources.Executed);
        _resources.Set(_resources.Resources[0] with { State = FlagCloud.Dashboard.Resources.ResourceState.Finished });
        await Expect(page.Locator(".row").Filter(new() { HasText = "azurite" })).ToContainTextAsync("Finished");
    }

    [Fact]
    public async Task Console_interleaves_resources_in_colour_and_filters()
    {
        var page = await _browser.OpenAsync(_host.Server.LoginUrl, "/console");

        await Expect(page.Locator(".console .ansi-2").First).ToHaveTextAsync("info");
        await page.GetByLabel("Only stderr").CheckAsync();
        var errors = _resources.Resources.SelectMany(resource => _resources.ReadConsole(resource.Name, 0)).Count(line => line.IsError);
        await Expect(page.Locator(".foot")).ToContainTextAsync($"{errors} lines");
        _resources.Write("origin", "a line that has just come", isError: true);
        await Expect(page.GetByText("a line that has just come")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Data_is_exported_and_opened_again_beside_the_live_run()
    {
        var page = await _browser.OpenAsync(_host.Server.LoginUrl, "/data");
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Export" }).ClickAsync());
        var file = Path.Combine(Directory.CreateTempSubdirectory().FullName, "export.zip");
        await download.SaveAsAsync(file);
        await using (var zip = await ZipFile.OpenReadAsync(file, TestContext.Current.CancellationToken))
            Assert.Contains(zip.Entries, entry => entry.FullName.StartsWith("traces/silo", StringComparison.Ordinal));
        _host.Store.Remove(_ => true);

        await page.Locator("#import").SetInputFilesAsync(file);
        await page.WaitForURLAsync("**/data?data=file-1");
        await Expect(page.GetByText("This is kept telemetry")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Traces", Exact = true }).ClickAsync();
        await Expect(page.Locator(".foot")).ToContainTextAsync($"1 of 1 traces, {_sample.Spans} spans held");
        await page.GetByLabel("Whose telemetry is shown").SelectOptionAsync("");
        await Expect(page.GetByText("No traces yet")).ToBeVisibleAsync();
        File.Delete(file);
    }

    [Fact]
    public async Task Login_form_takes_the_token_and_leads_to_the_page_that_was_asked_for()
    {
        var page = await _browser.OpenAsync(_host.Server.LoginUrl, "/logs");
        await page.Context.ClearCookiesAsync();
        await page.GotoAsync($"{_host.Server.Url}/metrics?window=1h");

        await page.GetByLabel("Token").FillAsync("not the token");
        await page.GetByRole(AriaRole.Button, new() { Name = "Log in" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("not the token of this run");
        await page.GetByLabel("Token").FillAsync(_host.Options.BrowserToken);
        await page.GetByRole(AriaRole.Button, new() { Name = "Log in" }).ClickAsync();

        await Expect(page.Locator("h1")).ToHaveTextAsync("Metrics");
        Assert.EndsWith("/metrics?window=1h", page.Url);
        // The page says 401 to the wrong token, which a browser writes into its console.
        _browser.ForgetProblems();
    }

    [Fact]
    public async Task Keys_lead_through_the_pages_and_rows()
    {
        var page = await _browser.OpenAsync(_host.Server.LoginUrl, "/resources");

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
        var page = await _browser.OpenAsync(host.Server.LoginUrl, "/logs");
        await page.GotoAsync("about:blank");
        await page.GoBackAsync();
        await page.Locator("h1").WaitForAsync();

        var clock = System.Diagnostics.Stopwatch.StartNew();
        await host.DisposeAsync();

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        await Expect(page.Locator("#components-reconnect-modal")).ToBeVisibleAsync();
        await page.CloseAsync();
        _browser.ForgetProblems();
    }

    [Fact]
    public async Task Full_memory_is_said_on_the_page()
    {
        await using var small = await DashboardHost.StartAsync(options => options.Limits = new TelemetryLimits { Logs = 10 });
        small.Store.Add(OtlpRequests.Logs("a", Enumerable.Range(0, 25).Select(i => OtlpRequests.Log($"m{i}"))));
        var page = await _browser.OpenAsync(small.Server.LoginUrl, "/logs");

        await Expect(page.Locator(".notice")).ToContainTextAsync("15 logs");
        await _browser.CloseAsync();
    }
}
