using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FlagCloud.Contracts;
using FlagCloud.Tests.Hosting;
using FlagCloud.Tests.Lab;
using static Microsoft.Playwright.Assertions;

namespace FlagCloud.Tests.Live;

/// <summary>What the web does while something that it needs is away, and afterwards; and what it asks storage for when nothing happens.</summary>
public sealed class AwayTests(AzuriteFixture azurite, Browser browser)
{
    static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Web_without_a_silo_serves_what_is_stored_and_says_so_of_the_rest_until_one_comes()
    {
        await using var host = await SiloHost.StartWithoutSilo(azurite);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await host.Client.GetAsync("/health", Cancelled)).StatusCode);
        Assert.Equal("[]", await host.Client.GetStringAsync("/api/comparisons", Cancelled));
        foreach (var (method, path) in new[] { ("POST", "/api/comparisons"), ("POST", "/api/questions/1"), ("GET", "/api/choices"), ("DELETE", "/api/comparisons/20260101-000000-000-0000") })
            Assert.Contains("No silo", await Unavailable(host, method, path), StringComparison.Ordinal);
        await using var session = new LabSession(browser, host);
        var page = await session.Open("/");
        await Expect(page.Locator(".notice")).ToContainTextAsync("No silo answers");

        await host.StartSilo();
        await host.Becomes(HttpStatusCode.OK);

        await Expect(page.Locator(".notice")).ToHaveCountAsync(0);
        Assert.Equal(ComparisonStatus.Completed, (await host.Run(new { countries = new[] { "br" }, profile = "local", warmup = false })).Status);
    }

    [Fact]
    public async Task Page_of_a_race_goes_on_by_itself_when_its_silo_is_lost_and_another_comes()
    {
        await using var host = await SiloHost.Start(azurite);
        await using var session = new LabSession(browser, host);
        var comparison = await host.Start(new { countries = "top20", profile = "delay", strategies = new[] { "sequential" }, warmup = false });
        var page = await session.Open($"/race/{comparison.Id}");
        await page.Locator(".wall .ok").First.WaitForAsync();

        await host.StopSilo();
        await Expect(page.Locator(".notice")).ToContainTextAsync("No silo answers");
        Assert.Contains("No silo", await Unavailable(host, "GET", $"/api/comparisons/{comparison.Id}"), StringComparison.Ordinal);
        await host.StartSilo();

        await Expect(page.Locator(".notice")).ToHaveCountAsync(0, new() { Timeout = 60_000 });
        await Expect(page.Locator(".title .badge")).ToContainTextAsync("completed", new() { Timeout = 120_000 });
        var run = Assert.Single((await host.Get(comparison.Id)).Runs);
        SiloClient.AddsUp(run);
        Assert.Equal(20, run.Ok);
    }

    [Fact]
    public async Task Silent_storage_is_named_within_five_seconds_and_does_not_keep_a_comparison_from_being_cancelled()
    {
        var account = await azurite.NextConnectionString();
        await using var storage = await StorageProxy.StartAsync(account);
        await using var host = await SiloHost.Start(azurite, connectionString: account, configureWeb: web => web.Configuration["ConnectionStrings:blobs"] = storage.ConnectionString);
        var comparison = await host.Start(new { countries = "all", profile = "delay", strategies = new[] { "sequential" }, warmup = false });

        storage.IsSilent = true;

        foreach (var path in new[] { "/api/comparisons", $"/api/comparisons/{comparison.Id}", "/api/flags", "/flags/br.svg" })
            Assert.Contains("Storage", await Unavailable(host, "GET", path), StringComparison.Ordinal);
        using var cancelled = await host.Client.DeleteAsync($"/api/comparisons/{comparison.Id}", Cancelled);
        Assert.True(cancelled.IsSuccessStatusCode);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/runs")]
    [InlineData("/questions")]
    public async Task Idle_page_asks_storage_for_nothing_and_is_told_of_what_begins(string path)
    {
        var account = await azurite.NextConnectionString();
        await using var storage = await StorageProxy.StartAsync(account);
        await using var host = await SiloHost.Start(azurite, connectionString: account, configureWeb: web => web.Configuration["ConnectionStrings:blobs"] = storage.ConnectionString);
        await host.Run(new { countries = new[] { "br" }, profile = "local", warmup = false });
        await using var session = new LabSession(browser, host);
        var page = await session.Open(path);
        await page.Locator(".card, .table").First.WaitForAsync();
        await page.WaitForTimeoutAsync(2_000); // Pictures have come.
        var before = storage.Requests;

        await page.WaitForTimeoutAsync(6_000);

        Assert.Equal(before, storage.Requests);
        if (path is not "/runs") return;
        var next = await host.Start(new { countries = new[] { "br" }, profile = "local", warmup = false });
        await page.Locator($"[data-run='{next.Id}']").WaitForAsync();
    }

    static async Task<string> Unavailable(SiloHost host, string method, string path)
    {
        var asked = Stopwatch.GetTimestamp();
        using var request = new HttpRequestMessage(new(method), path);
        using var response = await host.Client.SendAsync(request, Cancelled);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>(Cancelled);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.InRange(Stopwatch.GetElapsedTime(asked), TimeSpan.Zero, Soon);
        return $"{problem.GetProperty("title")} {problem.GetProperty("detail")}";
    }
}
