namespace FlagCloud.Web.Lab;

/// <summary>What pages share: they load, say what does not answer and try again by themselves, and look again when comparisons begin or end.</summary>
public abstract class LabPage : ComponentBase, IDisposable
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    readonly CancellationTokenSource ended = new();
    int loads;

    [Inject] internal QueueWatch Queue { get; set; } = null!;
    [Inject] internal Visitor Visitor { get; set; } = null!;
    [Inject] internal Changes Changes { get; set; } = null!;
    [Inject] internal NavigationManager Navigation { get; set; } = null!;
    protected CancellationToken Ended => ended.Token;

    /// <summary>What does not answer, or why a change was refused; null while all is well.</summary>
    internal string? Trouble { get; private set; }

    internal virtual bool IsDown => !Queue.IsUp;

    /// <summary>Whether a change was asked for, and what came of it is not shown yet: a second click is the same wish.</summary>
    protected bool IsBusy { get; set; }

    // Of every button that changes something.
    protected IReadOnlyDictionary<string, object> Guarded => Visitor.MayChange
        ? new Dictionary<string, object> { ["disabled"] = IsBusy }
        : new Dictionary<string, object> { ["disabled"] = true, ["title"] = Visitor.Refusal };

    /// <summary>Reads what the page shows; again after each change of the queue.</summary>
    protected abstract Task Load();

    protected override void OnInitialized()
    {
        Queue.Changed += Renew;
        Visitor.Changed += Redraw;
    }

    protected override async Task OnParametersSetAsync()
    {
        var load = ++loads;
        while (load == loads && !ended.IsCancellationRequested)
        {
            if (await Try(Load)) return;
            StateHasChanged();
            await Task.Delay(Pause, Ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    /// <summary>Whether it could be done; if not, the page says what does not answer.</summary>
    protected async Task<bool> Try(Func<Task> action)
    {
        try
        {
            await action();
            Trouble = null;
            return true;
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception e) when (Problems.Explain(e) is { } trouble)
        {
            Trouble = trouble;
            return false;
        }
    }

    protected async Task Change(Func<Task> change)
    {
        if (IsBusy) return;
        IsBusy = true;
        if (!await Try(change)) IsBusy = false;
    }

    /// <summary>Asks for a comparison and shows it, or why there is none.</summary>
    protected Task Start(Func<Task<StartResult>> start, Action<Comparison> show) => Change(async () =>
    {
        var (comparison, refusal) = await start();
        show(comparison ?? throw new ChangeRefusedException(string.Join(" ", refusal!.Errors.Values.SelectMany(wrong => wrong).Prepend(refusal.Detail))));
    });

    /// <summary>Draws again and again until the page is left, which cancels it, or <paramref name="look"/> says that nothing will change any more.</summary>
    protected async Task Repeat(TimeSpan interval, Func<Task<bool>> look)
    {
        using var timer = new PeriodicTimer(interval);
        while (await timer.WaitForNextTickAsync(Ended) && await look()) StateHasChanged();
    }

    public void Dispose()
    {
        Queue.Changed -= Renew;
        Visitor.Changed -= Redraw;
        ended.Cancel();
        GC.SuppressFinalize(this);
    }

    void Renew() => _ = InvokeAsync(async () =>
    {
        await OnParametersSetAsync();
        StateHasChanged();
    });

    void Redraw() => _ = InvokeAsync(StateHasChanged);
}
