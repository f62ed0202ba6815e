using Microsoft.AspNetCore.Components;

namespace FlagCloud.Silo.Components;

/// <summary>What pages share: an end, and a way to draw again and again until then.</summary>
public abstract class LabPage : ComponentBase, IDisposable
{
    readonly CancellationTokenSource ended = new();

    protected CancellationToken Ended => ended.Token;

    public void Dispose()
    {
        if (ended.IsCancellationRequested) return;
        ended.Cancel();
        ended.Dispose();
        Leave();
        GC.SuppressFinalize(this);
    }

    protected virtual void Leave()
    {
    }

    /// <summary>Until the page is left or <paramref name="look"/> says that nothing will change any more.</summary>
    protected async Task Repeat(TimeSpan interval, Func<Task<bool>> look)
    {
        var cancellation = Ended;
        using var timer = new PeriodicTimer(interval);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation) && await look())
                StateHasChanged();
        }
        catch (OperationCanceledException)
        {
        }
    }
}
