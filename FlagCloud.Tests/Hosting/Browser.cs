using FlagCloud.Tests.Hosting;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Browser))]

namespace FlagCloud.Tests.Hosting;

/// <summary>
/// One Chromium for all tests of pages, started by the first of them: the one that is installed, since none may be downloaded during a test.
/// </summary>
public sealed class Browser : IAsyncDisposable
{
    static readonly string[] Places =
    [
        "/usr/bin/chromium-headless-shell", // Half the CPU of the browser itself, whose windows nobody sees.
        "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        @"C:\Program Files\Google\Chrome\Application\chrome.exe", @"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    ];

    readonly Lazy<Task<(IPlaywright Playwright, IBrowser Browser)?>> _started = new(StartAsync);

    internal async Task<IBrowserContext> NewContextAsync(int width, ColorScheme scheme)
    {
        if (await _started.Value is not var (_, browser))
        {
            Assert.Skip("No Chromium, Chrome or Edge was found; install one, or set FLAGCLOUD_TEST_BROWSER to its program.");
            throw new InvalidOperationException();
        }
        var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = 780 }, ColorScheme = scheme });
        context.SetDefaultTimeout(60_000); // Other tests keep both cores busy.
        return context;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_started.IsValueCreated || await _started.Value is not var (playwright, browser)) return;
        await browser.DisposeAsync();
        playwright.Dispose();
    }

    static async Task<(IPlaywright, IBrowser)?> StartAsync()
    {
        var path = Environment.GetEnvironmentVariable("FLAGCLOUD_TEST_BROWSER") ?? Places.FirstOrDefault(File.Exists);
        if (path is null) return null;
        var playwright = await Playwright.CreateAsync();
        return (playwright, await playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"] }));
    }
}
