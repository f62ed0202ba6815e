using System.Collections.Concurrent;
using FlagCloud.Tests.Hosting;
using Microsoft.Playwright;

namespace FlagCloud.Tests.Lab;

/// <summary>The lab's pages that one test opens. An error in a console, or a request that leaves this machine's silo, fails the test.</summary>
sealed class LabSession(Browser browser, SiloHost host) : IAsyncDisposable
{
    readonly List<IBrowserContext> contexts = [];
    readonly ConcurrentQueue<string> problems = [];

    public string Address { get; } = host.Client.BaseAddress!.ToString().TrimEnd('/');

    public async Task<IPage> Open(string path, int width = 1280, ColorScheme scheme = ColorScheme.Light)
    {
        var context = await browser.NewContextAsync(width, scheme);
        contexts.Add(context);
        var page = await context.NewPageAsync();
        page.Console += (_, message) => { if (message.Type is "error" or "warning") problems.Enqueue(message.Text); };
        page.PageError += (_, error) => problems.Enqueue(error);
        page.Dialog += (_, dialog) => problems.Enqueue($"a dialog: {dialog.Message}");
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(Address, StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal)) problems.Enqueue($"a request to {request.Url}");
        };
        await page.GotoAsync(Address + path);
        await page.Locator("h1").First.WaitForAsync();
        return page;
    }

    /// <summary>What went wrong so far; afterwards it is forgotten.</summary>
    public IReadOnlyList<string> Problems()
    {
        string[] found = [.. problems];
        problems.Clear();
        return found;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var context in contexts) await context.CloseAsync();
        Assert.Empty(problems);
    }
}
