using System.Diagnostics;
using System.Net.Http.Json;
using Aspire.Hosting.Processes;
using FlagCloud.Contracts;
using FlagCloud.Tests.Hosting;
using FlagCloud.Tests.Orchestration;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FlagCloud.Tests.EndToEnd;

/// <summary>A comparison started from the dashboard, and its telemetry after the AppHost has gone.</summary>
public sealed class KeptRunTests(Browser browser)
{
    [Fact]
    public async Task Comparison_started_by_a_button_is_opened_again_after_a_restart()
    {
        using var runs = new TemporaryFolder();
        var comparison = await CompareAsync(runs["runs"]);

        await using var host = AppHostProcess.StartOnFreePorts("--Compare=none", $"--Dashboard:Runs={runs["runs"]}");
        await host.UntilAsync("Ctrl+C stops everything.");
        var session = new BrowserSession(browser);
        var page = await session.OpenAsync(host.LinkOf("dashboard"), "/data");
        await page.GetByRole(AriaRole.Link, new() { Name = "Open", Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**/traces?data=*");
        await page.GotoAsync(page.Url.Replace("/traces?", $"/traces/{comparison.TraceId}?filter=name~eq~flag&", StringComparison.Ordinal));

        await Expect(page.GetByText("This is kept telemetry")).ToBeVisibleAsync();
        await Expect(page.Locator(".foot")).ToContainTextAsync($"{comparison.Runs.Sum(run => run.Requested)} spans match");
        await session.CloseAsync();
    }

    /// <summary>Ends the AppHost with the page still open.</summary>
    async Task<Comparison> CompareAsync(string folder)
    {
        await using var host = AppHostProcess.StartOnFreePorts("--Compare=none", $"--Dashboard:Runs={folder}");
        await host.UntilAsync("Ctrl+C stops everything.");
        var session = new BrowserSession(browser);
        var page = await session.OpenAsync(host.LinkOf("dashboard"), "/resources");
        await page.GetByRole(AriaRole.Button, new() { Name = "Compare" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("answered 202, /api/comparisons/", new() { Timeout = 20_000 });
        using var silo = host.Client("silo");
        Comparison comparison = null!;
        await Eventually.True("the end of the comparison", async () =>
            (comparison = (await silo.GetFromJsonAsync<Comparison[]>("/api/comparisons", FlagCloudJson.Options))!.Single()).Status is ComparisonStatus.Completed, seconds: 120);

        var asked = Stopwatch.StartNew();
        Platform.Terminate(host.Entry);
        await host.EndedAsync();
        Assert.InRange(asked.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(15));
        await session.AbandonAsync();
        return comparison;
    }
}
