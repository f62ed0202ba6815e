using System.Diagnostics;
using System.Net;
using FlagCloud.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Runtime;

namespace FlagCloud.Tests.Production;

public sealed class ReadinessTests(AzuriteFixture azurite)
{
    static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_storage_the_silo_is_alive_but_not_ready_and_ready_again_with_it()
    {
        var account = await azurite.NextConnectionString();
        await using var storage = await StorageProxy.StartAsync(account);
        await using var silo = await SiloHost.Start(
            azurite, new Dictionary<string, string?> { ["ConnectionStrings:blobs"] = storage.ConnectionString }, connectionString: account, environment: "Production");
        await Becomes(silo, HttpStatusCode.OK);

        storage.Fault = storage.Silence;
        await Becomes(silo, HttpStatusCode.ServiceUnavailable);
        Assert.Equal(HttpStatusCode.OK, (await silo.Probe.GetAsync("/alive", Cancelled)).StatusCode);

        storage.Fault = null;
        await Becomes(silo, HttpStatusCode.OK);
    }

    [Fact]
    public async Task Silos_that_start_together_are_ready_when_all_of_them_are_there_and_stay_so_when_one_leaves()
    {
        var account = await azurite.NextConnectionString();
        var together = new Dictionary<string, string?> { ["Cluster:Silos"] = "2" };
        await using var first = await SiloHost.Start(azurite, together, connectionString: account);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await first.Probe.GetAsync("/health", Cancelled)).StatusCode);

        await using var second = await SiloHost.Start(azurite, together, connectionString: account);
        await Becomes(first, HttpStatusCode.OK);
        await Becomes(second, HttpStatusCode.OK);

        await second.StopSilo();
        var members = first.Services.GetRequiredService<ISiloStatusOracle>();
        await Eventually.True("the first silo to be alone", () => members.GetApproximateSiloStatuses(onlyActive: true).Count is 1);
        Assert.Equal(HttpStatusCode.OK, (await first.Probe.GetAsync("/health", Cancelled)).StatusCode);
    }

    [Fact]
    public async Task A_web_that_is_stopping_does_not_wait_for_its_viewers_and_a_silo_that_is_stopping_is_not_ready()
    {
        var silo = await SiloHost.Start(azurite, new Dictionary<string, string?> { ["Api:Key"] = ProductionSilo.Key }, environment: "Production");
        silo.Client.DefaultRequestHeaders.Authorization = new("Bearer", ProductionSilo.Key);
        var started = await silo.Start(new { strategies = new[] { "sequential" }, countries = "top20", profile = "slow", warmup = false });
        await using var events = silo.Events(started.Id).GetAsyncEnumerator(Cancelled);
        Assert.True(await events.MoveNextAsync());
        var checks = silo.Services.GetRequiredService<Microsoft.Extensions.Diagnostics.HealthChecks.HealthCheckService>();

        var begun = Stopwatch.GetTimestamp();
        silo.WebServices.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        while (await events.MoveNextAsync()) { } // The stream ends; it is not broken off.
        silo.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        Assert.Contains((await checks.CheckHealthAsync(Cancelled)).Entries, entry => entry.Key is "cluster" && entry.Value.Description is "The silo is stopping.");
        await silo.DisposeAsync();

        Assert.InRange(Stopwatch.GetElapsedTime(begun).TotalSeconds, 0, 20);
    }

    static async Task Becomes(SiloHost silo, HttpStatusCode status)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        using var clock = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        HttpStatusCode seen;
        while ((seen = (await silo.Probe.GetAsync("/health", Cancelled)).StatusCode) != status)
            try
            {
                await clock.WaitForNextTickAsync(deadline.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"/health was to become {status} within {Deadline.TotalSeconds} s and is still {seen}.");
            }
    }
}
