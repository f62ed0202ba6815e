using FlagCloud.Tests.Hosting;

namespace FlagCloud.Tests.Dashboard;

/// <summary>A dashboard with a comparison's telemetry, and its pages in a browser; what they show is checked against what is held.</summary>
public abstract class DashboardPages(Browser browser) : IAsyncLifetime
{
    private protected SampleResources Resources { get; } = new();

    private protected SampleTelemetry Sample { get; } = new(DateTimeOffset.UtcNow.AddSeconds(-40));

    private protected BrowserSession Pages { get; } = new(browser);

    private protected DashboardHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Host = await DashboardHost.StartAsync(resources: Resources);
        Host.Store.Add(Sample.Build());
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await using (Host)
            await Pages.CloseAsync();
    }
}
