using System.Net.Http.Json;
using FlagCloud.Origin;
using FlagCloud.Origin.Http;
using Microsoft.AspNetCore.Builder;

namespace FlagCloud.Tests.Hosting;

/// <summary>
/// An origin of one's own, in this process, on a free port. As a class fixture it serves all tests of the class; a test that looks at
/// /stats starts its own.
/// </summary>
public sealed class OriginFixture : IAsyncLifetime
{
    readonly WebApplication app = OriginApp.Create(
        ["--urls=http://127.0.0.1:0", "--environment=Development", "--Logging:LogLevel:Default=Warning"]);

    /// <summary>Sends neither retries nor redirects of its own; opens as many connections as it is asked for.</summary>
    public HttpClient Client { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    /// <summary>Such as http://127.0.0.1:40123/.</summary>
    public Uri BaseAddress => Client.BaseAddress ?? throw new InvalidOperationException("The origin has not been started.");

    public static async Task<OriginFixture> StartAsync()
    {
        var origin = new OriginFixture();
        await origin.InitializeAsync();
        return origin;
    }

    public async ValueTask InitializeAsync()
    {
        await app.StartAsync();
        Client.BaseAddress = new Uri(app.Urls.Single());
    }

    public async Task<TrafficStatistics> StatisticsAsync() => (await Client.GetFromJsonAsync<TrafficStatistics>("stats"))!;

    /// <summary>Waits until as many requests are in flight at the origin.</summary>
    public async Task WaitForInFlightAsync(int expected, TimeSpan deadline)
    {
        using var timeout = new CancellationTokenSource(deadline);
        while (await StatisticsAsync() is var now && now.InFlight != expected)
        {
            if (timeout.IsCancellationRequested)
                throw new TimeoutException($"{now.InFlight} requests were in flight at the origin after {deadline.TotalSeconds} s, not {expected}.");
            await Task.Delay(10);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
    }
}
