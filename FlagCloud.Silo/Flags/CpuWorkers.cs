using System.Collections.Concurrent;

namespace FlagCloud.Silo.Flags;

/// <summary>A thread a core for CPU-bound work, first come, first served. On the thread pool it would keep the grains' turns waiting; more threads would be no faster.</summary>
sealed class CpuWorkers : TaskScheduler, IDisposable
{
    readonly BlockingCollection<Task> queue = [];
    readonly Lazy<Thread[]> threads;

    public CpuWorkers() => threads = new(() => [.. Enumerable.Range(1, Environment.ProcessorCount).Select(Start)]);

    /// <param name="work">Gets its worker's name. What goes on after it goes back to whoever waits, never on with the worker.</param>
    public Task<T> Run<T>(Func<string, T> work, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(() => work(Thread.CurrentThread.Name!), cancellationToken, TaskCreationOptions.RunContinuationsAsynchronously, this);

    public void Dispose()
    {
        queue.CompleteAdding();
        if (!threads.IsValueCreated) queue.Dispose();
    }

    protected override void QueueTask(Task task)
    {
        _ = threads.Value;
        queue.Add(task);
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => queue;

    Thread Start(int number)
    {
        var thread = new Thread(() =>
        {
            foreach (var task in queue.GetConsumingEnumerable()) TryExecuteTask(task);
        })
        { Name = $"worker {number}", IsBackground = true };
        thread.Start();
        return thread;
    }
}
