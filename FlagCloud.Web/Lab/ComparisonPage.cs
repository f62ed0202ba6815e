namespace FlagCloud.Web.Lab;

/// <summary>A page about one comparison, which is followed as long as it is open: the one that is named, or the newest.</summary>
public abstract class ComparisonPage : LabPage
{
    // Often enough for a clock; less often where hundreds of flags change.
    const int Many = 60;

    static readonly TimeSpan Drawing = TimeSpan.FromMilliseconds(200), DrawingMany = TimeSpan.FromMilliseconds(400);

    ComparisonWatch? watch;

    [Inject] internal ComparisonReader Reader { get; set; } = null!;
    [Inject] internal Watches Watches { get; set; } = null!;
    [Parameter] public string? Id { get; set; }
    internal RaceView? View => watch?.View;
    internal override bool IsDown => base.IsDown || View?.IsStale is true;

    /// <summary>Whether it was looked for, and is not there.</summary>
    internal bool IsMissing { get; private set; }

    protected override void OnInitialized()
    {
        base.OnInitialized();
        Ended.Register(Leave);
    }

    protected override async Task Load()
    {
        // The one that runs, or else the newest: what somebody who comes wants to see first.
        var id = Id ?? (Queue.Unfinished is [var first, ..] ? first : await Reader.Newest(1, Ended) is [var newest] ? newest.Id : null);
        if (id is not null && id == View?.Record.Id) return;
        var record = await Reader.Stored(id, Ended);
        Leave();
        (watch, IsMissing) = (record is null ? null : Watches.Join(record), record is null);
        if (watch is { } followed) _ = Follow(followed);
    }

    /// <summary>After each change of what is shown; the last time when it is final.</summary>
    protected virtual Task Shown(RaceView view) => Task.CompletedTask;

    void Leave()
    {
        if (watch is not null) Watches.Leave(watch);
        watch = null;
    }

    Task Follow(ComparisonWatch followed)
    {
        RaceView? drawn = null;
        return Repeat(followed.View.Record.AllTrials().Sum(trial => trial.Settings.Countries.Count) > 3 * Many ? DrawingMany : Drawing, async () =>
        {
            if (!ReferenceEquals(watch, followed)) return false;
            if (drawn is { IsFinal: true } && ReferenceEquals(drawn, followed.View)) return false;
            drawn = followed.View;
            await Try(() => Shown(drawn));
            return true;
        });
    }
}
