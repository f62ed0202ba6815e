using System.Runtime.CompilerServices;
using System.Threading.Channels;
using OpenTelemetry;
using Orleans.Concurrency;

namespace FlagCloud.Silo.Comparisons;

/// <summary>
/// The one way in which a comparison begins, and goes on after the loss of its silo: whoever is first in the queue is told to begin, again and again until it has ended.
/// The queue itself comes back by its reminder, and knows from the records who waits.
/// </summary>
// Reentrant: a comparison that is told to begin may, in ending at once, leave the queue. Every step holds by itself.
[Reentrant]
sealed partial class QueueGrain(ComparisonRecords records, IHostApplicationLifetime lifetime, ILogger<QueueGrain> logger) : Grain, IQueueGrain, IRemindable
{
    /// <summary>How long the queue lies still, at most, after its silo was declared dead. Orleans' own least period of a minute is for many reminders; there is one.</summary>
    public static readonly TimeSpan Revival = TimeSpan.FromSeconds(10);

    const string Reminder = "queue";
    static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    readonly List<string> queue = [];
    readonly List<Channel<IReadOnlyList<string>>> watchers = [];
    bool reminded;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        queue.AddRange(await Unfinished(cancellationToken));
        // The comparison whose turn it is may die with its silo and never leave: so it is told again.
        this.RegisterGrainTimer(Advance, new GrainTimerCreationOptions(Look, Look) { KeepAlive = true });
    }

    public async Task<bool> Enter(string comparisonId)
    {
        if (queue.Contains(comparisonId)) return true;
        if (queue.Count > IQueueGrain.MaxWaiting) return false;
        queue.Add(comparisonId);
        await Remind(true);
        return true;
    }

    public Task Written(string comparisonId)
    {
        if (!queue.Contains(comparisonId)) queue.Add(comparisonId); // The queue may have lost its silo meanwhile.
        Tell();
        return Advance();
    }

    async Task Advance()
    {
        while (queue is [var head, ..] && !await GrainFactory.GetGrain<IControllerGrain>(head).Begin())
            if (queue.Remove(head)) Tell();
        if (queue is []) await Remind(false);
    }

    public Task Leave(string comparisonId)
    {
        if (queue.Remove(comparisonId)) Tell();
        return Advance();
    }

    public async IAsyncEnumerable<IReadOnlyList<string>> Watch([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Only the newest state matters to whoever is slow.
        var news = Channel.CreateBounded<IReadOnlyList<string>>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        watchers.Add(news);
        // A silo ends when its grains have no call under way, and the client's long poll for what comes next is one.
        using var end = lifetime.ApplicationStopping.Register(() => news.Writer.TryComplete());
        try
        {
            yield return State();
            await foreach (var state in news.Reader.ReadAllAsync(cancellationToken)) yield return state;
        }
        finally
        {
            watchers.Remove(news);
        }
    }

    /// <summary>Being called is all that it takes: the activation has looked, and tells whoever is first.</summary>
    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        reminded = true;
        return Advance();
    }

    // The one that was running first, then in the order in which they came.
    async Task<IEnumerable<string>> Unfinished(CancellationToken cancellationToken)
    {
        using var quiet = SuppressInstrumentationScope.Begin();
        var open = (await records.List(cancellationToken)).Where(listed => !listed.Ended);
        var found = await Task.WhenAll(open.Select(listed => records.Find(listed.Id, cancellationToken)));
        return found.OfType<StoredComparison>().Select(stored => stored.Record).Where(record => !record.Ended)
            .OrderByDescending(record => record.Status is ComparisonStatus.Running).ThenBy(record => record.Id, StringComparer.Ordinal).Select(record => record.Id);
    }

    // An array, which crosses to other processes; a collection expression would make a list of the compiler's own that no serializer knows.
    string[] State() => queue.ToArray();

    void Tell()
    {
        foreach (var watcher in watchers) watcher.Writer.TryWrite(State());
    }

    // There is a reminder while somebody waits, and no longer.
    async Task Remind(bool wanted)
    {
        if (reminded == wanted) return;
        reminded = wanted;
        try
        {
            if (wanted) await this.RegisterOrUpdateReminder(Reminder, Revival, Revival);
            else if (await this.GetReminder(Reminder) is { } reminder) await this.UnregisterReminder(reminder);
        }
        catch (Exception e)
        {
            reminded = !wanted;
            if (wanted) LogNoReminder(e);
            else LogNotForgotten(e);
            return;
        }
        if (!wanted && queue is not []) await Remind(true); // Somebody came meanwhile.
    }

    [LoggerMessage(14, LogLevel.Warning, "The queue has no reminder: should its silo die, comparisons go on only when the next one comes")]
    partial void LogNoReminder(Exception exception);
    [LoggerMessage(17, LogLevel.Information, "The queue's reminder could not be removed; it is tried again when it comes")]
    partial void LogNotForgotten(Exception exception);
}
