using FlagCloud.Contracts;
using FlagCloud.Silo.Questions;
using Orleans.Concurrency;

namespace FlagCloud.Silo.Comparisons;

// Reentrant: a comparison that is asked whether it runs may, in being revived for the answer, leave the queue. Every step holds by itself.
[Reentrant]
sealed class QueueGrain(ComparisonStore comparisons, AnswerStore answers, TimeProvider time) : Grain, IQueueGrain
{
    /// <summary>Comparisons that may wait behind the one whose turn it is.</summary>
    public const int MaxWaiting = 20;

    static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    // How long a comparison may take from its place to its start.
    static readonly TimeSpan Reservation = TimeSpan.FromMinutes(1);

    readonly List<string> queue = [];
    readonly Dictionary<string, long> reserved = [];

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        // The records know what the queue's last silo has taken with it: who was running, and who waited, in order.
        queue.AddRange(await Unfinished(cancellationToken));
        // The comparison whose turn it is may die with its silo and never leave: so it is asked now and then.
        this.RegisterGrainTimer(Advance, new GrainTimerCreationOptions(Look, Look) { KeepAlive = true });
    }

    public Task<bool> Reserve(string comparisonId)
    {
        foreach (var (id, _) in reserved.Where(place => time.GetElapsedTime(place.Value) > Reservation).ToArray()) reserved.Remove(id);
        if (queue.Count + reserved.Count > MaxWaiting) return Task.FromResult(false);
        reserved.Add(comparisonId, time.GetTimestamp());
        return Task.FromResult(true);
    }

    public Task Enter(string comparisonId)
    {
        reserved.Remove(comparisonId);
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

    async Task<IEnumerable<string>> Unfinished(CancellationToken cancellationToken) =>
        from work in (await comparisons.Unfinished(cancellationToken)).Select(comparison => (comparison.Id, comparison.Status, comparison.CreatedAt))
            .Concat((await answers.Unfinished(cancellationToken)).Select(answer => (answer.Id, answer.Status, answer.CreatedAt)))
        orderby work.Status is ComparisonStatus.Running descending, work.CreatedAt
        select work.Id;

    Task<bool> Begin(string id) => AnswerId.IsWellFormed(id)
        ? GrainFactory.GetGrain<IQuestionGrain>(id).Begin()
        : GrainFactory.GetGrain<IControllerGrain>(id).Begin();
}
