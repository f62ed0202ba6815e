using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace FlagCloud.Tests.Hosting;

/// <summary>The pages that one test opens. What goes wrong in one, an error or a warning in its console, fails the test.</summary>
sealed class BrowserSession(Browser browser)
{
    readonly List<IBrowserContext> _contexts = [];
    readonly ConcurrentQueue<string> _problems = [];

    /// <param name="login">The link that the dashboard gave.</param>
    public async Task<IPage> OpenAsync(string login, string path, int width = 1280, ColorScheme scheme = ColorScheme.Light)
    {
        var context = await browser.NewContextAsync(width, scheme);
        _contexts.Add(context);
        var page = await context.NewPageAsync();
        page.Console += (_, message) => { if (message.Type is "error" or "warning") _problems.Enqueue(message.Text); };
        page.PageError += (_, error) => _problems.Enqueue(error);
        await page.GotoAsync($"{login}&returnUrl={Uri.EscapeDataString(path)}");
        await page.Locator("h1").WaitForAsync();
        return page;
    }

    /// <summary>For a test that ends the dashboard on purpose.</summary>
    public void ForgetProblems() => _problems.Clear();

    /// <summary>Before the dashboard ends, which an open page would rightly complain about.</summary>
    public async Task CloseAsync()
    {
        await AbandonAsync();
        Assert.Empty(_problems);
    }

    /// <summary>After the dashboard has ended: its open pages complain, and rightly.</summary>
    public async Task AbandonAsync()
    {
        foreach (var context in _contexts)
            await context.CloseAsync();
        _contexts.Clear();
    }
}
