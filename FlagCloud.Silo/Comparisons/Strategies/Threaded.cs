using System.Collections.Concurrent;

namespace FlagCloud.Silo.Comparisons.Strategies;

/// <summary>
/// As many threads as downloads may be in flight, each blocked by one download at a time (<c>flags_threadpool.py</c>). The threads are
/// this strategy's own: blocking those of the thread pool would measure how fast the pool adds threads.
/// </summary>
sealed class Threaded : IStrategy
{
    const int StackBytes = 256 * 1024;

    public string Name => "threaded";

    public string Description => "As many threads as downloads in flight, each blocked by one of them.";

    public async Task Run(IReadOnlyList<string> countries, int limit, Func<string, Task> downloadOne)
    {
        var queue = new ConcurrentQueue<string>(countries);
        await Task.WhenAll(Enumerable.Range(1, Math.Min(limit, countries.Count)).Select(number => Start($"download {number}", () =>
        {
            while (queue.TryDequeue(out var country))
                downloadOne(country).GetAwaiter().GetResult(); // Blocking is the point of this strategy.
        })));
    }

    static Task Start(string name, Action body)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(
            () =>
            {
                try
                {
                    body();
                    ended.SetResult();
                }
                catch (Exception e)
                {
                    ended.SetException(e);
                }
            },
            StackBytes)
        { Name = name, IsBackground = true }.Start();
        return ended.Task;
    }
}
