using FlagCloud.Contracts;
using System.Diagnostics.Metrics;
using FlagCloud.Silo.Flags;
using FlagCloud.Silo.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using FlagCloud.Tests.Hosting;

namespace FlagCloud.Tests.Comparisons;

[Collection<Alone>]
public sealed class InterpreterLockTests(SiloFixture fixture, AzuriteFixture azurite)
{
    static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lock_is_handed_over_in_the_order_of_asking()
    {
        using var parts = Parts();
        var order = new List<int>();
        using var first = new ManualResetEventSlim();
        var holding = parts.OnWorker(() => first.Wait(TimeSpan.FromSeconds(10), Cancelled), Locked(), Cancelled);
        var waiting = Enumerable.Range(0, 50).Select(number => parts.Here(() => { order.Add(number); return number; }, Locked(), Cancelled).AsTask()).ToArray(); // Only the holder is here.
        first.Set();
        await Task.WhenAll(waiting);

        Assert.True(await holding);
        Assert.Equal(Enumerable.Range(0, 50), order);
    }

    [Fact]
    public async Task Who_gives_up_waiting_does_not_keep_the_lock_from_others()
    {
        using var parts = Parts();
        using var impatient = new CancellationTokenSource();
        using var first = new ManualResetEventSlim();
        var holding = parts.OnWorker(() => first.Wait(TimeSpan.FromSeconds(10), Cancelled), Locked(), Cancelled);
        var given = parts.Here(() => 1, Locked(), impatient.Token).AsTask();
        var next = parts.Here(() => 2, Locked(), Cancelled).AsTask();
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        first.Set();

        Assert.Equal(2, await next.WaitAsync(TimeSpan.FromSeconds(10), Cancelled));
        Assert.True(await holding);
    }

    [Theory]
    [InlineData("sequential")]
    [InlineData("threaded")]
    [InlineData("async")]
    public async Task With_the_lock_one_thread_at_a_time_works_for_every_strategy(string strategy)
    {
        var (run, downloads) = await Compress(strategy, locked: true);

        Assert.Equal(1, run.Use!.CpuThreadsAtOnce);
        Assert.All(downloads, download => Assert.StartsWith("worker ", download.WorkedOn, StringComparison.Ordinal));
        Assert.Equal(downloads.Sum(download => download.LockWaitSeconds), run.Use.LockWaitSeconds, 9);
        if (strategy is not "sequential") Assert.Contains(downloads, download => download.LockWaitSeconds > 0.001);
    }

    [Theory]
    [InlineData("threaded")]
    [InlineData("async")]
    public async Task Without_it_as_many_work_as_there_are_cores(string strategy)
    {
        Assert.SkipUnless(Environment.ProcessorCount > 1, "On one core nothing runs in parallel.");
        var (run, downloads) = await Compress(strategy, locked: false);

        Assert.InRange(run.Use!.CpuThreadsAtOnce, 2, int.MaxValue);
        Assert.All(downloads, download => Assert.Equal(0, download.LockWaitSeconds));
    }

    [Fact]
    public async Task Lock_is_not_held_while_the_network_is_waited_for()
    {
        var host = await fixture.Host(azurite);
        var comparison = await host.Run(new { profile = "web", limit = 8, warmup = false, strategies = new[] { "threaded" }, interpreterLock = true });
        var downloads = await host.Downloads(comparison.Id);

        // Had each download held the lock from its request to its end, they would have taken the sum of the delays.
        Assert.InRange(comparison.Runs[0].ElapsedSeconds, 0, 0.7 * downloads.Sum(download => download.DelaySeconds));
    }

    [Fact]
    public async Task Quality_decides_how_small_a_flag_becomes()
    {
        var host = await fixture.Host(azurite);
        var sizes = new List<long>();
        foreach (var quality in new[] { 0, 11 })
        {
            await host.Run(new { countries = new[] { "bo" }, profile = "local", warmup = false, work = "brotli", quality, strategies = new[] { "async" } });
            using var request = new HttpRequestMessage(HttpMethod.Get, "/flags/bo.svg") { Headers = { AcceptEncoding = { new("br") } } };
            using var packed = await host.Client.SendAsync(request, Cancelled);
            sizes.Add(packed.Content.Headers.ContentLength!.Value);
        }

        Assert.True(sizes[1] < 0.9 * sizes[0], $"{sizes[0]} bytes at quality 0, {sizes[1]} at 11");
    }

    async Task<(Run Run, IReadOnlyList<Download> Downloads)> Compress(string strategy, bool locked)
    {
        var host = await fixture.Host(azurite);
        var comparison = await host.Run(new
        {
            countries = new[] { "bz", "do", "tm", "je", "gs", "gt" }, profile = "local", warmup = false, work = "brotli", interpreterLock = locked, strategies = new[] { strategy },
        });
        return (Assert.Single(comparison.Runs), await host.Downloads(comparison.Id));
    }

    static CpuParts Parts() => new(new CpuWorkers(), new Instruments(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>().Create("FlagCloud")));

    static FlagDownload Locked() => new("br", new() { ComparisonId = "", Run = 1, Profile = "local", Seed = 1, InterpreterLock = true }, "silo");
}
