using FlagCloud.Dashboard;
using FlagCloud.Dashboard.Resources;
using FlagCloud.Dashboard.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace FlagCloud.Tests.Dashboard;

/// <summary>A dashboard on free ports, and what tests ask of it.</summary>
sealed class DashboardHost(DashboardServer server, DashboardOptions options) : IAsyncDisposable
{
    public DashboardServer Server => server;
    public DashboardOptions Options => options;
    public TelemetryStore Store => server.Services.GetRequiredService<TelemetryStore>();

    public static async Task<DashboardHost> StartAsync(Action<DashboardOptions>? configure = null, IResourceSource? resources = null)
    {
        var options = new DashboardOptions();
        configure?.Invoke(options);
        return new DashboardHost(await DashboardServer.StartAsync(options, resources, cancel: TestContext.Current.CancellationToken), options);
    }

    public HttpClient Client(bool loggedIn = true)
    {
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(server.Url) };
        if (!loggedIn) return client;
        using var login = client.Send(new HttpRequestMessage(HttpMethod.Get, server.LoginUrl));
        return client;
    }

    /// <summary>Waits until the store holds what was sent; says what it waited for when it does not come.</summary>
    public static async Task WaitForAsync(Func<bool> condition, string what)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(20));
        while (!condition())
        {
            if (deadline.IsCancellationRequested) Assert.Fail($"Within 20 s there was no {what}.");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
