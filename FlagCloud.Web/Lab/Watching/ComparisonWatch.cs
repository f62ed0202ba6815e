using FlagCloud.Contracts;
using FlagCloud.Silo.Comparisons;

namespace FlagCloud.Silo.Watching;

/// <summary>Follows one comparison for all its viewers in this process, so that the comparison itself has one viewer, however many there are.</summary>
sealed partial class ComparisonWatch : IDisposable
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    readonly IControllerGrain controller;
    readonly ComparisonStore store;
    readonly ILogger logger;
    readonly CancellationTokenSource ended = new();
    volatile RaceView view;

    public ComparisonWatch(Comparison record, IGrainFactory grains, ComparisonStore store, ILogger logger)
    {
        (this.store, this.logger, view) = (store, logger, RaceView.Of(record));
        controller = grains.GetGrain<IControllerGrain>(record.Id);
        _ = Follow(ended.Token);
    }

    /// <summary>Viewers look at it as often as they draw.</summary>
    public RaceView View => view;

    public int Viewers { get; set; }

    public void Dispose() => ended.Cancel();

    async Task Follow(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await Look(cancellationToken);
                return;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // Its silo was lost, or storage was: the comparison goes on elsewhere, and so does the view.
                LogLost(e, view.Record.Id);
                view = view with { IsStale = true };
            }
            await Task.Delay(Pause, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    async Task Look(CancellationToken cancellationToken)
    {
        if (view.Record.Ended)
        {
            view = await view.Filled(store.Downloads(view.Record.Id, cancellationToken));
            return;
        }
        var isFirst = true;
        await foreach (var happened in controller.Watch(cancellationToken))
        {
            if (isFirst && happened.Comparison is { } record)
                view = await RaceView.Of(record).Filled(store.Downloads(record.Id, cancellationToken));
            else view = view.With(happened);
            isFirst = false;
        }
    }

    [LoggerMessage(60, LogLevel.Information, "Comparison {ComparisonId} cannot be watched at present; it is tried again")]
    partial void LogLost(Exception exception, string comparisonId);
}
