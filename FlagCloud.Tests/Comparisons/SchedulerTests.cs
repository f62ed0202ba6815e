using System.Collections.Concurrent;
using FlagCloud.Silo.Comparisons.Strategies;
using FlagCloud.Silo.Flags;
using FlagCloud.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Hosting;
using Orleans.Runtime;

namespace FlagCloud.Tests.Comparisons;

/// <summary>Where the strategies' code runs, and as whom it calls.</summary>
[Collection<Alone>]
public sealed class SchedulerTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Turns_of_the_controller_never_run_on_two_threads_at_once_and_threads_do_outside_of_any_grain()
    {
        var probes = new Dictionary<string, Probe>();
        await using var host = await SiloHost.Start(azurite, configure: builder => builder.Services.PostConfigureStrategies(inner => probes[inner.Name] = new Probe(inner)));
        var comparison = await host.Run(new { countries = "all", profile = "local", concurrency = 16, warmup = false });

        Assert.Equal([271, 271, 271], comparison.Runs.Select(run => run.Ok));
        foreach (var turns in new[] { probes["sequential"], probes["async"] })
        {
            Assert.Equal(1, turns.MostAtOnce);
            Assert.NotSame(TaskScheduler.Default, Assert.Single(turns.Schedulers)); // the activation's own, and never another
        }
        // The counter-proof: the same probe sees what it must see where there are threads.
        var threads = probes["threaded"];
        Assert.InRange(threads.MostAtOnce, 2, 16);
        Assert.Same(TaskScheduler.Default, Assert.Single(threads.Schedulers));
        Assert.Equal(16, threads.Threads.Count);
        Assert.DoesNotContain(true, threads.Threads.Values); // none of them is the thread pool's
    }

    [Fact]
    public async Task Flag_grains_see_the_controller_grain_as_their_caller_unless_threads_call()
    {
        var callers = new ConcurrentQueue<GrainId>();
        await using var host = await SiloHost.Start(azurite, configure: builder => builder.UseOrleans(silo => silo.AddIncomingGrainCallFilter(async context =>
        {
            if (context.InterfaceMethod.DeclaringType == typeof(IFlagGrain) && context.SourceId is { } source) callers.Enqueue(source);
            await context.Invoke();
        })));
        foreach (var strategy in new[] { "sequential", "async", "threaded" })
        {
            callers.Clear();
            var comparison = await host.Run(new { profile = "local", warmup = false, strategies = new[] { strategy } });
            Assert.Equal(20, callers.Count);
            Assert.All(callers, caller => Assert.Equal(strategy is not "threaded", caller.Key.ToString() == comparison.Id));
            if (strategy is "threaded") Assert.All(callers, caller => Assert.StartsWith("sys.client/hosted-", caller.ToString(), StringComparison.Ordinal));
        }
    }

    /// <summary>Runs the strategy unchanged, and looks at the code before and after every download.</summary>
    sealed class Probe(IStrategy inner) : IStrategy
    {
        int atOnce, mostAtOnce;

        public string Name => inner.Name;

        public string Description => inner.Description;

        public bool OneAtATime => inner.OneAtATime;

        public int MostAtOnce => mostAtOnce;

        public ConcurrentDictionary<int, bool> Threads { get; } = [];

        public HashSet<TaskScheduler> Schedulers { get; } = [];

        public Task Run(IReadOnlyList<string> countries, int limit, Func<string, Task> downloadOne) => inner.Run(countries, limit, async country =>
        {
            Threads[Environment.CurrentManagedThreadId] = Thread.CurrentThread.IsThreadPoolThread;
            Look();
            await downloadOne(country);
            if (inner is not Threaded) Look();
        });

        void Look()
        {
            var now = Interlocked.Increment(ref atOnce);
            InterlockedMax(ref mostAtOnce, now);
            lock (Schedulers) Schedulers.Add(TaskScheduler.Current);
            Thread.SpinWait(20_000); // long enough for a second thread to be met here
            Interlocked.Decrement(ref atOnce);
        }

        static void InterlockedMax(ref int target, int value)
        {
            for (var seen = target; value > seen; seen = target)
                if (Interlocked.CompareExchange(ref target, value, seen) == seen) return;
        }
    }
}

static class StrategyDecoration
{
    public static void PostConfigureStrategies(this IServiceCollection services, Func<IStrategy, IStrategy> decorate) =>
        services.AddSingleton<IEnumerable<IStrategy>>(_ => new IStrategy[] { new Sequential(), new Threaded(), new AsyncFanOut() }.Select(decorate).ToArray());
}
