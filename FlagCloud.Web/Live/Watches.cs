using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace FlagCloud.Web.Live;

/// <summary>The comparisons that somebody looks at in this process, pages and API alike: each is followed once, however many look.</summary>
sealed class Watches(Silos silos, ComparisonRecords records, ILogger<ComparisonWatch> logger)
{
    // A viewer that reads more slowly than a comparison runs is sent away; who comes again is told everything.
    const int Unread = 2_000;

    readonly Dictionary<string, ComparisonWatch> watches = [];
    readonly Lock gate = new();

    /// <summary>The one watch of a comparison. Every viewer that joins must leave.</summary>
    public ComparisonWatch Join(Comparison record)
    {
        lock (gate)
        {
            if (!watches.TryGetValue(record.Id, out var watch))
            {
                watches.Add(record.Id, watch = new(record, silos, records, logger));
                _ = watch.Follow();
            }
            watch.Viewers++;
            return watch;
        }
    }

    public void Leave(ComparisonWatch watch)
    {
        lock (gate)
        {
            if (--watch.Viewers > 0) return;
            watches.Remove(watch.View.Record.Id);
            watch.Dispose();
        }
    }

    /// <summary>What happens from now on, after what is known already, up to the final record.</summary>
    /// <exception cref="SiloSilentException">The silo was lost in the middle; who asks again is told everything again.</exception>
    public async IAsyncEnumerable<ComparisonEvent> Events(Comparison record, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var news = Channel.CreateBounded<ComparisonEvent>(new BoundedChannelOptions(Unread) { SingleReader = true });
        var watch = Join(record);
        var known = watch.Tell(news);
        try
        {
            foreach (var told in known.Told()) yield return told;
            if (known.Record.Ended) yield break;
            await foreach (var happened in news.Reader.ReadAllAsync(cancellationToken)) yield return happened;
        }
        finally
        {
            watch.Forget(news);
            Leave(watch);
        }
    }
}

/// <summary>Follows one comparison for all its viewers in this process.</summary>
sealed partial class ComparisonWatch(Comparison record, Silos silos, ComparisonRecords records, ILogger logger) : IDisposable
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // The grain says something every ten seconds: whoever hears nothing three times has lost it.
    static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    readonly CancellationTokenSource ended = new();
    readonly List<Channel<ComparisonEvent>> listeners = [];
    readonly Lock gate = new();
    volatile RaceView view = RaceView.Of(record);

    /// <summary>Pages look at it as often as they draw.</summary>
    public RaceView View => view;

    public int Viewers { get; set; }

    public void Dispose() => ended.Cancel();

    /// <summary>A listener is told what happens from now on.</summary>
    /// <returns>What is known already.</returns>
    public RaceView Tell(Channel<ComparisonEvent> listener)
    {
        lock (gate)
        {
            listeners.Add(listener);
            return view;
        }
    }

    public void Forget(Channel<ComparisonEvent> listener)
    {
        lock (gate) listeners.Remove(listener);
    }

    public async Task Follow()
    {
        var cancellationToken = ended.Token;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await Look(cancellationToken);
                return;
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                // Its silo was lost, or storage was: the comparison goes on elsewhere, and so does the view.
                LogLost(e, view.Record.Id);
                var silent = new SiloSilentException("The silo that runs this comparison does not answer. Ask again in a few seconds.", e);
                lock (gate)
                {
                    view = view with { IsStale = true };
                    foreach (var listener in listeners) listener.Writer.TryComplete(silent);
                }
                await Task.Delay(Pause, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    async Task Look(CancellationToken cancellationToken)
    {
        if (view.Record.Ended)
        {
            view = (await view.Filled(records.Downloads(view.Record.Id, cancellationToken))) with { IsStale = false };
            return;
        }
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        silence.CancelAfter(Silence);
        var isFirst = true;
        await foreach (var happened in silos.Watch((grains, token) => grains.GetGrain<IControllerGrain>(view.Record.Id).Watch(token), silence.Token))
        {
            silence.CancelAfter(Silence);
            // Of runs that ended before anybody looked, the flags are in the record.
            var next = isFirst && happened.Comparison is { } record
                ? await RaceView.Of(record).Filled(records.Downloads(record.Id, cancellationToken))
                : view.With(happened);
            isFirst = false;
            lock (gate)
            {
                view = next;
                foreach (var listener in listeners)
                    if (!listener.Writer.TryWrite(happened)) listener.Writer.TryComplete(new InvalidOperationException("It was read too slowly."));
            }
        }
        if (!view.Record.Ended) throw new InvalidOperationException("The comparison's grain has ended its word without a final record.");
        lock (gate)
            foreach (var listener in listeners) listener.Writer.TryComplete();
    }

    [LoggerMessage(60, LogLevel.Information, "Comparison {ComparisonId} cannot be watched at present; it is tried again")]
    partial void LogLost(Exception exception, string comparisonId);
}
