using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;

namespace FlagCloud.Web.Live;

sealed class SiloSilentException(string message, Exception cause) : Exception(message, cause);

/// <summary>Calls to grains that are answered soon, or known not to be. Orleans lets a call wait for half a minute that a silo has taken to its grave.</summary>
sealed class Silos(IClusterClient client, SiloConnection connection)
{
    static readonly TimeSpan ReadPatience = TimeSpan.FromSeconds(5);

    // The silo itself gives its storage and the origin five seconds each, and then says so.
    static readonly TimeSpan ChangePatience = TimeSpan.FromSeconds(12);

    public Task<T> Read<T>(Func<IGrainFactory, Task<T>> call) => Ask(call, ReadPatience, "No silo answers. It is tried again all the time: ask again in a few seconds.");

    public Task<T> Change<T>(Func<IGrainFactory, Task<T>> call) =>
        Ask(call, ChangePatience, "No silo has answered, so it is not known whether this was done. As soon as one is back, GET /api/comparisons tells.");

    /// <summary>What a grain has to tell, for as long as the silos that this process talks to are there.</summary>
    public async IAsyncEnumerable<T> Watch<T>(Func<IGrainFactory, CancellationToken, IAsyncEnumerable<T>> watch, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, connection.Lost);
        var items = watch(client, both.Token).GetAsyncEnumerator(both.Token);
        try
        {
            while (await items.MoveNextAsync()) yield return items.Current;
        }
        finally
        {
            _ = items.DisposeAsync().AsTask(); // Not awaited: the silo that would have to answer may be gone, and what it held with it.
        }
    }

    async Task<T> Ask<T>(Func<IGrainFactory, Task<T>> call, TimeSpan patience, string otherwise)
    {
        try
        {
            return await call(client).WaitAsync(patience, connection.Lost);
        }
        // An argument is at fault before the first silo has told of its grains. What else a grain throws comes out as it is: storage's own words, or a defect.
        catch (Exception e) when (e is OrleansException or TimeoutException or OperationCanceledException or ArgumentException)
        {
            throw new SiloSilentException(otherwise, e);
        }
    }
}

[SuppressMessage("Design", "CA1001", Justification = "Calls may still hold the source's token; without a timer it holds nothing that must be freed.")]
sealed class SiloConnection : IClusterConnectionStatusObserver
{
    CancellationTokenSource source = new();

    /// <summary>Cancelled with the loss of a silo: what that one was to answer, or was to tell, will never come.</summary>
    public CancellationToken Lost => source.Token;

    public void NotifyClusterConnectionLost() => Lose();

    public void NotifyGatewayCountChanged(int currentNumberOfGateways, int previousNumberOfGateways, bool connectionRecovered)
    {
        if (currentNumberOfGateways < previousNumberOfGateways) Lose();
    }

    void Lose() => Interlocked.Exchange(ref source, new()).Cancel();
}

static class LiveServices
{
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500), GatewayRefresh = TimeSpan.FromSeconds(5);

    /// <summary>The process starts and serves without a silo, and finds those that come, for ever.</summary>
    public static void UseSilosWhenTheyAreThere(this IClientBuilder client)
    {
        // Otherwise nothing would be served before the client has found a silo.
        client.Services.Configure<HostOptions>(host => host.ServicesStartConcurrently = true);
        client.Services.Configure<GatewayOptions>(gateways => gateways.GatewayListRefreshPeriod = GatewayRefresh);
        client.UseConnectionRetryFilter(async (_, cancellationToken) =>
        {
            await Task.Delay(Pause, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return !cancellationToken.IsCancellationRequested;
        });
        client.Services.AddSingleton<SiloConnection>().AddSingleton<IClusterConnectionStatusObserver>(services => services.GetRequiredService<SiloConnection>());
    }

    public static IServiceCollection AddLive(this IServiceCollection services)
    {
        services.AddSingleton(TimeProvider.System).AddSingleton<Silos>().AddSingleton<FlagBlobs>().AddSingleton<ComparisonRecords>().AddSingleton<ComparisonReader>().AddSingleton<Watches>();
        services.AddSingleton<DashboardTraces>().AddSingleton<QueueWatch>().AddHostedService(provider => provider.GetRequiredService<QueueWatch>());
        services.AddHealthChecks().AddCheck<QueueWatch>("cluster");
        return services;
    }
}
