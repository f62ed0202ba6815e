using System.IO.Compression;
using FlagCloud.Dashboard.Telemetry;
using FlagCloud.Tests.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FlagCloud.Tests.Dashboard;

/// <summary>Resources, what they write, and what can be taken away of their telemetry.</summary>
public sealed class ResourcePageTests(Browser browser) : DashboardPages(browser)
{
    [Fact]
    public async Task Resource_shows_health_history_masks_secrets_and_takes_commands()
    {
        var page = await Pages.OpenAsync(Host.Server.LoginUrl, "/resources");

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

        Assert.Equal(["compare silo", "stop silo"], Resources.Executed);
        Resources.Set(Resources.Resources[0] with { State = FlagCloud.Dashboard.Resources.ResourceState.Finished });
        await Expect(page.Locator(".row").Filter(new() { HasText = "azurite" })).ToContainTextAsync("Finished");
    }

    [Fact]
    public async Task Console_interleaves_resources_in_colour_and_filters()
    {
        var page = await Pages.OpenAsync(Host.Server.LoginUrl, "/console");

        await Expect(page.Locator(".console .ansi-2").First).ToHaveTextAsync("info");
        await page.GetByLabel("Only stderr").CheckAsync();
        var errors = Resources.Resources.SelectMany(resource => Resources.ReadConsole(resource.Name, 0)).Count(line => line.IsError);
        await Expect(page.Locator(".foot")).ToContainTextAsync($"{errors} lines");
        Resources.Write("origin", "a line that has just come", isError: true);
        await Expect(page.GetByText("a line that has just come")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Data_is_exported_and_opened_again_beside_the_live_run()
    {
        var page = await Pages.OpenAsync(Host.Server.LoginUrl, "/data");
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Export" }).ClickAsync());
        var file = Path.Combine(Directory.CreateTempSubdirectory().FullName, "export.zip");
        await download.SaveAsAsync(file);
        await using (var zip = await ZipFile.OpenReadAsync(file, TestContext.Current.CancellationToken))
            Assert.Contains(zip.Entries, entry => entry.FullName.StartsWith("traces/silo", StringComparison.Ordinal));
        Host.Store.Remove(_ => true);

        await page.Locator("#import").SetInputFilesAsync(file);
        await page.WaitForURLAsync("**/data?data=file-1");
        await Expect(page.GetByText("This is kept telemetry")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Traces", Exact = true }).ClickAsync();
        await Expect(page.Locator(".foot")).ToContainTextAsync($"1 of 1 traces, {Sample.Spans} spans held");
        await page.GetByLabel("Whose telemetry is shown").SelectOptionAsync("");
        await Expect(page.GetByText("No traces yet")).ToBeVisibleAsync();
        File.Delete(file);
    }
}
