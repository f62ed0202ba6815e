namespace FlagCloud.Silo.Comparisons;

/// <summary>Wakes the queue when a silo has started: it finds what the last cluster left unfinished, and lets it go on.</summary>
sealed partial class Revival(IGrainFactory grains, IHostApplicationLifetime lifetime, ILogger<Revival> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource();
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        try
        {
            await grains.GetGrain<IQueueGrain>(0).Wake();
        }
        catch (Exception e)
        {
            LogNotWoken(e);
        }
    }

    [LoggerMessage(20, LogLevel.Warning, "The queue of comparisons did not answer; unfinished ones go on when the next comparison comes")]
    partial void LogNotWoken(Exception exception);
}
