namespace FlagCloud.Silo.Comparisons;

/// <summary>
/// Work that waits for its turn in the cluster's queue, runs between this grain's turns for as long as it takes, can be cancelled at any moment,
/// and goes on in another activation if this one is lost.
/// </summary>
abstract partial class QueuedGrain(TimeProvider time, ILogger logger) : Grain, IRemindable, IDisposable
{
    const string Revival = "revival";

    static readonly TimeSpan QueueInterval = TimeSpan.FromSeconds(5), CancelWait = TimeSpan.FromSeconds(5);

    readonly CancellationTokenSource cancellation = new();
    Task running = Task.CompletedTask;
    IGrainTimer? waiting;

    protected string Id => this.GetPrimaryKeyString();

    protected CancellationToken Cancelled => cancellation.Token;

    /// <summary>The activation is going down: nothing has ended, and the next one goes on.</summary>
    protected bool Stopping { get; private set; }

    /// <summary>Whether something is left to be done.</summary>
    protected abstract bool IsUnfinished { get; }

    IQueueGrain Queue => GrainFactory.GetGrain<IQueueGrain>(0);

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Stopping = true;
        await Abort();
        await running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    /// <summary>Being called is all that it takes: an activation that was lost with its silo has been revived by now.</summary>
    public Task ReceiveReminder(string reminderName, TickStatus status) => IsUnfinished ? Task.CompletedTask : Forget();

    public void Dispose() => cancellation.Dispose();

    /// <summary>Asks for a turn, again and again: a queue that was lost with its silo fills anew.</summary>
    protected void AskForTurn() => waiting = this.RegisterGrainTimer(
        () => Queue.Enter(Id), new GrainTimerCreationOptions(TimeSpan.Zero, QueueInterval) { KeepAlive = true, Interleave = true });

    /// <summary>Sees to it that another activation goes on, should this one be lost.</summary>
    protected async Task RemindToRevive()
    {
        try
        {
            await this.RegisterOrUpdateReminder(Revival, ReviveOptions.Period, ReviveOptions.Period);
        }
        catch (Exception e)
        {
            LogNoReminder(e, Id);
        }
    }

    /// <summary>Does the work. Not awaited: it goes on between this grain's turns, on its scheduler.</summary>
    protected void Run(Func<Task> work)
    {
        waiting?.Dispose();
        running = work();
    }

    protected Task Abort() => cancellation.CancelAsync();

    /// <summary>Waits for the work to end, a few seconds at most.</summary>
    protected Task Settle() => Task.WhenAny(running, Task.Delay(CancelWait, time));

    /// <summary>Gives the turn, or the place in the queue, to the next.</summary>
    protected async Task Leave()
    {
        waiting?.Dispose();
        await Queue.Leave(Id);
        await Forget();
    }

    async Task Forget()
    {
        if (await this.GetReminder(Revival) is { } reminder) await this.UnregisterReminder(reminder);
    }

    [LoggerMessage(14, LogLevel.Warning, "{Id} has no reminder: should its silo die, it is resumed only when a silo starts or when somebody asks for it")]
    partial void LogNoReminder(Exception exception, string id);
}
