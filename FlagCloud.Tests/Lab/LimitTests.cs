using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using FlagCloud.Contracts;
using FlagCloud.Tests.Hosting;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FlagCloud.Tests.Lab;

/// <summary>How much may be asked for, and by whom.</summary>
public sealed class LimitTests(AzuriteFixture azurite, SiloFixture fixture, Browser browser) : IClassFixture<SiloFixture>
{
    const string Key = "a key for this test only";

    [Fact]
    public async Task More_than_twenty_waiting_comparisons_are_refused_until_one_is_cancelled()
    {
        var host = await fixture.Host(azurite);
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
        var host = await fixture.Host(azurite);

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

    [Fact]
    public async Task Page_that_vanishes_without_a_word_is_forgotten_within_45_s()
    {
        var circuits = new Circuits();
        await using var host = await SiloHost.Start(azurite, configureWeb: web => web.Services.AddSingleton<CircuitHandler>(circuits));
        await using var context = await browser.NewContextAsync(1280, ColorScheme.Light); // Not of a session, for which what this browser has to say would be an error.
        var page = await context.NewPageAsync();
        IWebSocketRoute? connection = null;
        await page.RouteWebSocketAsync(new Regex("/_blazor"), route => connection = route.ConnectToServer());
        await page.GotoAsync(host.Client.BaseAddress!.ToString());
        await Eventually.True("the page is alive", () => circuits.Opened is 1);
        await page.ReloadAsync();
        await Eventually.True("the page is alive, and what it was before is forgotten at once", () => (circuits.Opened, circuits.Closed) is (2, 1));

        await page.RouteAsync("**/_blazor/**", route => route.AbortAsync());
        await connection!.CloseAsync();

        await Eventually.True("it is kept, should it come back", () => circuits.Lost is 1);
        Assert.Equal(1, circuits.Closed);
        await Eventually.True("it is forgotten", () => circuits.Closed is 2, seconds: 45);
    }

    sealed class Circuits : CircuitHandler
    {
        readonly ConcurrentDictionary<string, bool> opened = [], closed = [], down = [];

        public int Opened => opened.Count;

        public int Closed => closed.Count;

        /// <summary>Without a connection, and yet not closed. One that is closed may lose its connection before, afterwards, or without a word.</summary>
        public int Lost => down.Keys.Except(closed.Keys).Count();

        public override Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken) => Note(circuit, opened);

        public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken) => Note(circuit, closed);

        public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken) => Note(circuit, down);

        static Task Note(Circuit circuit, ConcurrentDictionary<string, bool> circuits)
        {
            circuits[circuit.Id] = true;
            return Task.CompletedTask;
        }
    }
}
