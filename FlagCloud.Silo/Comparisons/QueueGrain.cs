using FlagCloud.Silo.Questions;
using Orleans.Concurrency;

namespace FlagCloud.Silo.Comparisons;

// Reentrant: a comparison that is asked whether it runs may, in being revived for the answer, leave the queue. Every step holds by itself.
[Reentrant]
sealed class QueueGrain(ComparisonStore store) : Grain, IQueueGrain
{
    /// <summary>Comparisons that may wait behind the one whose turn it is.</summary>
    public const int MaxWaiting = 20;

    static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    readonly List<string> queue = [];

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        // The records know what the queue's last silo has taken with it: who was running, and who waited, in order.
        queue.AddRange(await store.Unfinished(cancellationToken));
        // The comparison whose turn it is may die with its silo and never leave: so it is asked now and then.
        this.RegisterGrainTimer(Advance, new GrainTimerCreationOptions(Look, Look) { KeepAlive = true });
    }

    // A place whose comparison never starts goes when its turn comes.
    public Task<bool> Reserve(string comparisonId)
    {
        if (queue.Count > MaxWaiting) return Task.FromResult(false);
        queue.Add(comparisonId);
        return Task.FromResult(true);
    }

    public Task Enter(string comparisonId)
    {
        if (!queue.Contains(comparisonId)) queue.Add(comparisonId);
        return Advance();
    }

    public Task Wake() => Advance();

    public Task Leave(string comparisonId)
    {
        queue.Remove(comparisonId);
        return Advance();
    }

    async Task Advance()
    {
        while (queue is [var head, ..] && !await Begin(head))
            queue.Remove(head);
    }

    Task<bool> Begin(string id) => AnswerId.IsWellFormed(id)
        ? GrainFactory.GetGrain<IQuestionGrain>(id).Begin()
        : GrainFactory.GetGrain<IControllerGrain>(id).Begin();
}
