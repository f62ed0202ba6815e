using FlagCloud.Tests.Hosting;
using FlagCloud.Tests.Lab;

namespace FlagCloud.Tests.Live;

/// <summary>What the web asks storage for when nothing happens.</summary>
public sealed class IdleTests(AzuriteFixture azurite, Browser browser)
{
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
}
