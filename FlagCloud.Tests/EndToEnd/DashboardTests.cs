using System.Globalization;
using System.IO.Compression;
using System.Net;
using FlagCloud.Contracts;
using FlagCloud.Tests.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FlagCloud.Tests.EndToEnd;

/// <summary>Every page of the dashboard after a real comparison; the figures on them are those of the API.</summary>
public sealed class DashboardTests(ComparedApp app, Browser browser) : IClassFixture<ComparedApp>, IAsyncLifetime
{
    // Telemetry is sent once a second, and a busy machine takes its time.
    static readonly LocatorAssertionsToContainTextOptions Patient = new() { Timeout = 20_000 };

    readonly BrowserSession _session = new(browser);

    Comparison Comparison => app.Comparison;

    public ValueTask InitializeAsync() => default;

    public async ValueTask DisposeAsync() => await _session.CloseAsync();

    [Fact]
    public async Task Resources_shows_every_process_of_the_app_with_its_state_and_masks_secrets()
    {
        var page = await OpenAsync("/resources");

        foreach (var (name, state) in new[] { ("azurite", "Healthy"), ("blobs", "Running"), ("origin", "Healthy"), ("silo", "Healthy"), ("compare", "Finished (0)") })
            await Expect(page.Locator(".resources .row").Filter(new() { Has = page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true }) })).ToContainTextAsync(state, Patient);
        await page.GetByRole(AriaRole.Link, new() { Name = "silo", Exact = true }).ClickAsync();
        var pane = page.GetByRole(AriaRole.Complementary, new() { Name = "Resource" });
        await Expect(pane).ToContainTextAsync("FlagCloud.Silo.csproj");
        await Expect(pane).ToContainTextAsync(app.Host.LinkOf("silo"));
        Assert.DoesNotContain("AccountKey", await page.ContentAsync(), StringComparison.Ordinal);
        await pane.GetByRole(AriaRole.Button, new() { Name = "Show or hide ConnectionStrings__blobs" }).ClickAsync();
        await Expect(pane).ToContainTextAsync("AccountKey=");
    }

    [Fact]
    public async Task Graph_shows_what_needs_what()
    {
        var page = await OpenAsync("/resources?view=graph");

        await Expect(page.Locator(".graph .node")).ToHaveCountAsync(5);
        await Expect(page.Locator(".graph .edge")).ToHaveCountAsync(4); // compare to silo, silo to blobs and origin, blobs to azurite
    }

    [Fact]
    public async Task Console_has_what_services_print_and_the_terminal_does_not()
    {
        var page = await OpenAsync("/console?resource=silo");

        await Expect(page.Locator(".console")).ToContainTextAsync(Comparison.Id, Patient);
        await page.GotoAsync(new Uri(app.Dashboard, "/console?resource=compare").AbsoluteUri);
        await Expect(page.Locator(".console")).ToContainTextAsync("Intervals take at least five rounds");
        Assert.Contains($"compare | id        {Comparison.Id}", app.Host.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(app.Host.Output.Split('\n'), line => line.StartsWith("silo ", StringComparison.Ordinal) || line.StartsWith("azurite ", StringComparison.Ordinal) || line.StartsWith("origin ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Logs_has_one_entry_for_each_run_and_each_leads_to_the_comparisons_trace()
    {
        var page = await OpenAsync($"/logs?resource=silo&trace={Comparison.TraceId}&text=flags stored");

        await Expect(page.Locator(".foot")).ToContainTextAsync($"{Comparison.Runs.Count} of ", Patient);
        await page.GotoAsync(new Uri(app.Dashboard, $"/logs?trace={Comparison.TraceId}&level=Error").AbsoluteUri);
        await Expect(page.GetByText("No log matches")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Trace_of_the_comparison_has_one_flag_span_for_each_download_and_one_run_span_for_each_run()
    {
        var page = await OpenAsync($"/traces/{Comparison.TraceId}?filter=name~eq~flag");

        await Expect(page.Locator("h1")).ToHaveTextAsync("comparison");
        await Expect(page.Locator(".foot")).ToContainTextAsync($"{app.Downloads} spans match", Patient);
        foreach (var strategy in Comparison.Settings.Strategies)
        {
            var runs = Comparison.Runs.Count(run => run.Strategy == strategy);
            await page.GotoAsync(new Uri(app.Dashboard, $"/traces/{Comparison.TraceId}?filter=name~eq~run%20{strategy}").AbsoluteUri);
            await Expect(page.Locator(".foot")).ToContainTextAsync($"{runs} spans match", Patient);
        }
        await Expect(page.Locator(".figures .error")).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Comparison", Exact = true })).ToHaveAttributeAsync("href", $"{app.Host.LinkOf("silo")}/runs/{Comparison.Id}");
    }

    [Fact]
    public async Task Trace_leads_to_the_silos_page_of_the_comparison_and_back()
    {
        var page = await OpenAsync($"/traces/{Comparison.TraceId}");

        var silos = await page.RunAndWaitForPopupAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Comparison", Exact = true }).ClickAsync());
        await Expect(silos).ToHaveURLAsync($"{app.Host.LinkOf("silo")}/runs/{Comparison.Id}");
        var back = await silos.RunAndWaitForPopupAsync(() => silos.GetByRole(AriaRole.Link, new() { Name = "Trace", Exact = true }).ClickAsync());
        await Expect(back.Locator("h1")).ToHaveTextAsync("comparison", new() { Timeout = 20_000 });
        Assert.StartsWith(new Uri(app.Dashboard, $"/traces/{Comparison.TraceId}").AbsoluteUri, back.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Traces_lists_the_comparison_and_none_that_nobody_asked_for()
    {
        var page = await OpenAsync("/traces?text=comparison");

        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "comparison", Exact = true })).ToHaveAttributeAsync("href", new System.Text.RegularExpressions.Regex(Comparison.TraceId!), new() { Timeout = 20_000 });
        await page.GotoAsync(new Uri(app.Dashboard, "/traces?text=IGrainTimerInvoker").AbsoluteUri);
        await Expect(page.GetByText("No trace matches")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Metrics_count_by_strategy_what_the_runs_of_the_api_add_up_to()
    {
        var page = await OpenAsync("/metrics?meter=FlagCloud&name=flagcloud.downloads&by=strategy&window=all");

        foreach (var strategy in Comparison.Settings.Strategies)
            await Expect(Row(page, strategy)).ToContainTextAsync($"{Requested(strategy).ToString(CultureInfo.InvariantCulture)} flag", Patient);
        await page.GotoAsync(new Uri(app.Dashboard, "/metrics?meter=FlagCloud&name=flagcloud.download.duration&by=strategy&window=all").AbsoluteUri);
        foreach (var strategy in Comparison.Settings.Strategies)
            await Expect(Row(page, strategy).Locator("td").Nth(1)).ToContainTextAsync(Requested(strategy).ToString(CultureInfo.InvariantCulture), Patient);
        await page.Locator(".exemplar").Last.ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("comparison");
        Assert.Contains($"/traces/{Comparison.TraceId}", page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_exports_what_the_silo_and_the_origin_have_sent()
    {
        var page = await OpenAsync("/data");

        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Export" }).ClickAsync());
        await using var zip = await ZipFile.OpenReadAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
        foreach (var part in new[] { "traces/silo", "traces/origin", "metrics/silo", "logs/silo" })
            Assert.Contains(zip.Entries, entry => entry.FullName.StartsWith(part, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_is_shown_without_login_and_nothing_received_without_the_key_that_the_children_have()
    {
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = app.Dashboard };
        var cancel = TestContext.Current.CancellationToken;
        foreach (var path in new[] { "/", "/resources", "/console", "/logs", "/traces", "/metrics", "/data", "/api/telemetry/export" })
            Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync(path, cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/login?t=wrong", cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health", cancel)).StatusCode);

        var page = await OpenAsync("/resources?name=silo");
        var pane = page.GetByRole(AriaRole.Complementary, new() { Name = "Resource" });
        await pane.GetByRole(AriaRole.Button, new() { Name = "Show or hide OTEL_EXPORTER_OTLP_HEADERS" }).ClickAsync();
        var header = await pane.GetByText("x-otlp-api-key=").InnerTextAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(client, "wrong"));
        Assert.Equal(HttpStatusCode.OK, await SendAsync(client, header.Trim()["x-otlp-api-key=".Length..]));
    }

    static async Task<HttpStatusCode> SendAsync(HttpClient client, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/traces") { Content = new StringContent("""{"resourceSpans":[]}""", null, "application/json") };
        request.Headers.Add("x-otlp-api-key", key);
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    int Requested(string strategy) => Comparison.Runs.Where(run => run.Strategy == strategy).Sum(run => run.Requested);

    static ILocator Row(IPage page, string strategy) => page.Locator("table.data tbody tr").Filter(new() { HasText = strategy });

    Task<IPage> OpenAsync(string path) => _session.OpenAsync(app.Login, path);
}
