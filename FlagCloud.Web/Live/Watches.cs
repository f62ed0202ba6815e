using System.Runtime.CompilerServices;

namespace FlagCloud.Web.Live;

/// <summary>The comparisons that somebody looks at in this process, pages and API alike: each is followed once, however many look.</summary>
sealed class Watches(Silos silos, ComparisonRecords records, IHostApplicationLifetime lifetime, ILogger<ComparisonWatch> logger)
{
    readonly Dictionary<string, ComparisonWatch> watches = [];
    readonly Lock gate = new();

    /// <summary>The one watch of a comparison. Every viewer that joins must leave.</summary>
    public ComparisonWatch Join(Comparison record)
    {
        lock (gate)
        {
            if (!watches.TryGetValue(record.Id, out var watch))
            {
                watches.Add(record.Id, watch = new(record, silos, records, logger, lifetime.ApplicationStopping));
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

    /// <summary>All that is known, and then what happens, up to the final record or to the end of this process.</summary>
    /// <exception cref="SiloSilentException">The silo was lost in the middle; who asks again is told everything again.</exception>
    public async IAsyncEnumerable<ComparisonEvent> Events(Comparison record, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var watch = Join(record);
        try
        {
            await foreach (var happened in watch.Events(cancellationToken)) yield return happened;
        }
        finally
        {
            Leave(watch);
        }
    }
}

sealed partial class ComparisonWatch(Comparison record, Silos silos, ComparisonRecords records, ILogger logger, CancellationToken stopping) : IDisposable
{
    // A viewer that reads more slowly than a comparison runs is sent away; who comes again is told everything.
    const int Unread = 2_000;

    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // The grain says something every ten seconds: whoever hears nothing three times has lost it.
    static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    readonly CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(stopping);
    volatile Moment now = new(RaceView.Of(record), new(0));

    public RaceView View => now.View;
    public int Viewers { get; set; }

    public void Dispose()
    {
        ended.Cancel();
        ended.Dispose();
    }

    public async IAsyncEnumerable<ComparisonEvent> Events([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (view, news) = now;
        foreach (var told in view.Told()) yield return told;
        if (view.Record.Ended) yield break;
        while (await news.Come.Task.WaitAsync(cancellationToken) is var (happened, next))
        {
            yield return happened;
            news = next;
            if (now.Next.Number - news.Number > Unread) throw new InvalidOperationException("It was read too slowly.");
        }
    }

    public async Task Follow()
    {
        var cancellationToken = ended.Token;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await Look(cancellationToken);
                break;
            }
            catch (Exception e)
            {
                if (cancellationToken.IsCancellationRequested) break;
                // Its silo was lost, or storage was: the comparison goes on elsewhere, and so does the view.
                LogLost(e, View.Record.Id);
                var (view, news) = now;
                now = new(view with { IsStale = true }, new(news.Number));
                news.Come.SetException(new SiloSilentException("The silo that runs this comparison does not answer. Ask again in a few seconds.", e));
                await Task.Delay(Pause, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        now.Next.Come.SetResult(null);
    }

    async Task Look(CancellationToken cancellationToken)
    {
        if (View.Record.Ended)
        {
            now = now with { View = (await View.Filled(records.Downloads(View.Record.Id, cancellationToken))) with { IsStale = false } };
            return;
        }
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        silence.CancelAfter(Silence);
        var isFirst = true;
        await foreach (var happened in silos.Watch((grains, token) => grains.GetGrain<IControllerGrain>(View.Record.Id).Watch(token), silence.Token))
        {
            silence.CancelAfter(Silence);
            // Of runs that ended before anybody looked, the flags are in the record.
            var view = isFirst && happened.Comparison is { } record ? await RaceView.Of(record).Filled(records.Downloads(record.Id, cancellationToken)) : View.With(happened);
            isFirst = false;
            var news = now.Next;
            now = new(view, new(news.Number + 1));
            news.Come.SetResult((happened, now.Next));
        }
        if (!View.Record.Ended) throw new InvalidOperationException("The comparison's grain has ended its word without a final record.");
    }

    [LoggerMessage(60, LogLevel.Information, "Comparison {ComparisonId} cannot be watched at present; it is tried again")]
    partial void LogLost(Exception exception, string comparisonId);

    // What is known, and where to wait for what comes next: whoever begins to watch needs both of the same moment.
    sealed record Moment(RaceView View, News Next);

    /// <summary>An event, once it has come, and the one after it; null if none comes any more. Who reads them holds those that are unread, and nobody else does.</summary>
    sealed record News(int Number)
    {
        public TaskCompletionSource<(ComparisonEvent Happened, News Next)?> Come { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
