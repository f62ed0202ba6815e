using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using FlagCloud.Contracts;
using FlagCloud.Tests.Hosting;
using FlagCloud.Tests.Lab;
using FlagCloud.Tests.Production;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using static Microsoft.Playwright.Assertions;

namespace FlagCloud.Tests.Faults;

/// <summary>What the web does while something that it needs is away, and afterwards; and what those do to it who ask too much of it.</summary>
[Trait(FaultTable.Trait, "web")]
public sealed class WebFaults(AzuriteFixture azurite, Browser browser)
{
    static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Web_without_a_silo_serves_what_is_stored_and_says_so_of_the_rest_until_one_comes()
    {
        var begunAt = Stopwatch.GetTimestamp();
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
        FaultTable.Row("web", "no silo, and then one", "503, and then completed", begunAt, "No silo answers");
    }

    [Fact]
    public async Task Page_of_a_race_goes_on_by_itself_when_its_silo_is_lost_and_another_comes()
    {
        await using var host = await SiloHost.Start(azurite);
        await using var session = new LabSession(browser, host);
        var comparison = await host.Start(new { limit = 6, profile = "slow", strategies = new[] { "sequential" }, warmup = false });
        var begunAt = Stopwatch.GetTimestamp();
        var page = await session.Open($"/race/{comparison.Id}");
        await page.Locator(".wall .ok").First.WaitForAsync();

        await host.StopSilo();
        await Expect(page.Locator(".notice")).ToContainTextAsync("No silo answers");
        Assert.Contains("No silo", await Unavailable(host, "GET", $"/api/comparisons/{comparison.Id}"), StringComparison.Ordinal);
        await host.StartSilo();

        await Expect(page.Locator(".notice")).ToHaveCountAsync(0, new() { Timeout = 60_000 });
        await Expect(page.Locator(".title .badge")).ToContainTextAsync("completed", new() { Timeout = 120_000 });
        var ended = await host.Get(comparison.Id);
        Assert.Equal(6, Assert.Single(ended.Runs).Ok);
        FaultTable.Row("web", "its silo is lost in mid-run", ended, await FaultTable.Holds(host, ended), begunAt);
    }

    [Fact]
    public async Task Of_a_thousand_pages_five_hundred_are_open_at_once_and_the_next_ones_when_they_close()
    {
        await using var host = await SiloHost.Start(azurite);
        var begunAt = Stopwatch.GetTimestamp();
        var address = new UriBuilder(host.Client.BaseAddress!) { Scheme = "ws", Path = "/_blazor" }.Uri;
        ClientWebSocket[] pages = [.. Enumerable.Range(0, 1_000).Select(_ => new ClientWebSocket())];
        async Task<bool> Opens(ClientWebSocket page)
        {
            page.Options.CollectHttpResponseDetails = true;
            await page.ConnectAsync(address, Cancelled).ContinueWith(_ => { }, TaskScheduler.Default);
            Assert.Equal(page.State is WebSocketState.Open ? HttpStatusCode.SwitchingProtocols : HttpStatusCode.ServiceUnavailable, page.HttpStatusCode);
            return page.State is WebSocketState.Open;
        }

        var open = (await Task.WhenAll(pages.Select(Opens))).Count(opens => opens);
        foreach (var page in pages) page.Dispose();

        Assert.Equal(500, open);
        await Eventually.True("a page that may open", async () =>
        {
            using var next = new ClientWebSocket();
            return await Opens(next);
        });
        FaultTable.Row("web", "1,000 open pages", $"{open} open, {1_000 - open} refused with 503", begunAt);
    }

    [Theory]
    [InlineData("Development", null)]
    [InlineData("Production", ProductionSilo.Key)]
    public async Task Hostile_requests_are_answered_in_time_and_never_by_a_failure(string environment, string? key)
    {
        await using var host = await SiloHost.Start(
            azurite, new Dictionary<string, string?> { ["Api:Key"] = key, ["Logging:LogLevel:Microsoft.AspNetCore.Diagnostics.ExceptionHandlerMiddleware"] = "Error" },
            environment: environment, configureWeb: web => web.Logging.AddFakeLogging());
        if (key is not null) host.Client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        var known = await host.Run(new { countries = new[] { "br" }, profile = "local", warmup = false });
        var begunAt = Stopwatch.GetTimestamp();
        var fuzzer = new Fuzzer(host, known.Id, key, seed: 1);

        var answers = await fuzzer.Send(600);

        var failed = answers.Where(answer => answer.Status is 0 or >= 500).ToArray();
        foreach (var answer in failed.Take(20)) TestContext.Current.TestOutputHelper!.WriteLine($"{answer}");
        foreach (var thrown in host.WebServices.GetFakeLogCollector().GetSnapshot().Where(line => line.Exception is not null).DistinctBy(line => line.Exception!.Message).Take(20)) TestContext.Current.TestOutputHelper!.WriteLine($"{thrown.Message}: {thrown.Exception}");
        Assert.Empty(failed);
        Assert.Contains(answers, answer => answer.Status is 200);
        FaultTable.Row("web", $"600 hostile requests, {environment}", Fuzzer.Summary(answers), begunAt, $"{fuzzer.Routes} routes");
    }

    internal static async Task<string> Unavailable(SiloHost host, string method, string path)
    {
        var asked = Stopwatch.GetTimestamp();
        using var request = new HttpRequestMessage(new(method), path);
        using var response = await host.Client.SendAsync(request, Cancelled);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>(Cancelled);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.InRange(Stopwatch.GetElapsedTime(asked), TimeSpan.Zero, Soon);
        Assert.Contains("X-Content-Type-Options", response.Headers.Select(header => header.Key));
        return $"{problem.GetProperty("title")} {problem.GetProperty("detail")}";
    }
}

/// <summary>Time is bounded for them, which takes a machine with nothing else to do.</summary>
[Collection<Alone>, Trait(FaultTable.Trait, "web")]
public sealed class ViewerFaults(AzuriteFixture azurite)
{
    static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Silent_storage_is_named_within_five_seconds_and_does_not_keep_a_comparison_from_being_cancelled()
    {
        var account = await azurite.NextConnectionString();
        await using var storage = await StorageProxy.StartAsync(account);
        await using var host = await SiloHost.Start(azurite, connectionString: account, configureWeb: web => web.Configuration["ConnectionStrings:blobs"] = storage.ConnectionString);
        var comparison = await host.Start(new { countries = "all", profile = "delay", strategies = new[] { "sequential" }, warmup = false });

        storage.Fault = storage.Silence;
        var begunAt = Stopwatch.GetTimestamp();

        string[] paths = ["/api/comparisons", $"/api/comparisons/{comparison.Id}", "/api/flags", "/flags/br.svg"];
        Assert.All(await Task.WhenAll(paths.Select(path => WebFaults.Unavailable(host, "GET", path))), problem => Assert.Contains("Storage", problem, StringComparison.Ordinal));
        using var cancelled = await host.Client.DeleteAsync($"/api/comparisons/{comparison.Id}", Cancelled);
        Assert.True(cancelled.IsSuccessStatusCode);
        FaultTable.Row("web", "its storage is silent", "503, and what runs is cancelled", begunAt, "Storage does not answer");
    }

    [Fact]
    public async Task A_thousand_viewers_see_the_end_of_a_comparison_that_they_do_not_hold_up()
    {
        await using var host = await SiloHost.Start(azurite);
        var begunAt = Stopwatch.GetTimestamp();
        var again = 0;
        var comparison = await host.Start(new { profile = "slow", limit = 20, concurrency = 5, warmup = false, strategies = new[] { "async" } });

        var seen = await Task.WhenAll(Enumerable.Range(0, 1_000).Select(async viewer =>
        {
            // They come within a second. Where that is too much at once they are told so, and come again, as browsers and the client do.
            for (var wait = viewer; ; wait = 1_000)
                try
                {
                    await Task.Delay(wait, Cancelled);
                    return await host.End(comparison.Id);
                }
                catch (HttpRequestException e) when (e.StatusCode is HttpStatusCode.ServiceUnavailable && Stopwatch.GetElapsedTime(begunAt).TotalSeconds < 30)
                {
                    Interlocked.Increment(ref again);
                }
        }));

        Assert.All(seen, ended => Assert.Equal((ComparisonStatus.Completed, 20), (ended.Status, ended.Runs.Single().Ok)));
        Assert.InRange(seen[0].Runs.Single().ElapsedSeconds, 8, 25); // Four times 2 s; without a viewer, on quiet cores, 8.1.
        FaultTable.Row("web", $"1,000 viewers, of whom {again} had to ask again", seen[0], await FaultTable.Holds(host, seen[0]), begunAt);
    }
}
