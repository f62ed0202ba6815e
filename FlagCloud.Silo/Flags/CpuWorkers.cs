using System.Collections.Concurrent;

namespace FlagCloud.Silo.Flags;

/// <summary>A thread a core for CPU-bound work, first come, first served. On the thread pool it would keep the grains' turns waiting; more threads would be no faster.</summary>
sealed class CpuWorkers : TaskScheduler, IDisposable
{
    readonly BlockingCollection<Task> queue = [];

    public CpuWorkers()
    {
        for (var number = 1; number <= Environment.ProcessorCount; number++)
            new Thread(Work) { Name = $"worker {number}", IsBackground = true }.Start();
    }

    /// <param name="work">Gets its worker's name. What goes on after it goes back to whoever waits, never on with the worker.</param>
    public Task<T> Run<T>(Func<string, T> work, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(() => work(Thread.CurrentThread.Name!), cancellationToken, TaskCreationOptions.RunContinuationsAsynchronously, this);

    public void Dispose() => queue.CompleteAdding();

    protected override void QueueTask(Task task) => queue.Add(task);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => queue;

    void Work()
    {
        foreach (var task in queue.GetConsumingEnumerable()) TryExecuteTask(task);
    }
}
