using Microsoft.Playwright;

namespace FlagCloud.Tests.Dashboard;

/// <summary>One Chromium for the tests of pages: the one that is installed, since none may be downloaded during a test.</summary>
public sealed class Browser : IAsyncLifetime
{
    static readonly string[] Places =
    [
        "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        @"C:\Program Files\Google\Chrome\Application\chrome.exe", @"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    ];

    IPlaywright? _playwright;
    IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        var path = Environment.GetEnvironmentVariable("FLAGCLOUD_TEST_BROWSER") ?? Places.FirstOrDefault(File.Exists);
        if (path is null) return;
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"] });
    }

    internal async Task<IBrowserContext> NewContextAsync(int width, ColorScheme scheme)
    {
        if (_browser is null) Assert.Skip("No Chromium, Chrome or Edge was found; install one, or set FLAGCLOUD_TEST_BROWSER to its program.");
        return await _browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = 780 }, ColorScheme = scheme });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
