using System.Collections.Concurrent;

namespace FlagCloud.Silo.Comparisons.Strategies;

/// <summary>
/// As many threads as downloads may be in flight, each blocked by one download at a time (<c>flags_threadpool.py</c>). The threads are
/// this strategy's own: blocking those of the thread pool would measure how fast the pool adds threads.
/// </summary>
sealed class Threaded : IStrategy
{
    public string Name => "threaded";
    public string Description => "As many threads as downloads in flight, each blocked by one of them.";

    public async Task Run(IReadOnlyList<string> countries, int limit, Func<string, Task> downloadOne)
    {
        var queue = new ConcurrentQueue<string>(countries);
        await Task.WhenAll(Enumerable.Range(0, Math.Min(limit, countries.Count)).Select(_ => OnItsOwnThread(() =>
        {
            while (queue.TryDequeue(out var country))
                downloadOne(country).GetAwaiter().GetResult(); // Blocking is the point of this strategy.
        })));
    }

    // To .NET, "long-running" means a thread that is not the pool's.
    static Task OnItsOwnThread(Action body) => Task.Factory.StartNew(body, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
