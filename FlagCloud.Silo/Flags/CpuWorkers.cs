using System.Collections.Concurrent;

namespace FlagCloud.Silo.Flags;

/// <summary>
/// As many threads as there are cores, for CPU-bound work only, first come, first served. On the thread pool it would keep the grains' turns
/// waiting; with more threads than cores it would be no faster.
/// </summary>
sealed class CpuWorkers : IDisposable
{
    readonly BlockingCollection<Action> queue = [];
    readonly Lazy<Thread[]> threads;

    public CpuWorkers() => threads = new(() => [.. Enumerable.Range(1, Environment.ProcessorCount).Select(Start)]);

    /// <param name="work">Gets its worker's name.</param>
    public Task<T> Run<T>(Func<string, T> work, CancellationToken cancellationToken)
    {
        _ = threads.Value;
        // Continuations go back to whoever waits, never on with this thread.
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        queue.Add(
            () =>
            {
                if (cancellationToken.IsCancellationRequested)
                {
                    done.SetCanceled(cancellationToken);
                    return;
                }
                try
                {
                    done.SetResult(work(Thread.CurrentThread.Name!));
                }
                catch (Exception e)
                {
                    done.SetException(e);
                }
            },
            cancellationToken);
        return done.Task;
    }

    public void Dispose()
    {
        queue.CompleteAdding();
        if (!threads.IsValueCreated) queue.Dispose();
    }

    Thread Start(int number)
    {
        var thread = new Thread(() =>
        {
            foreach (var work in queue.GetConsumingEnumerable()) work();
        })
        { Name = $"worker {number}", IsBackground = true };
        thread.Start();
        return thread;
    }
}
