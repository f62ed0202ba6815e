using Spectre.Console.Rendering;

namespace FlagCloud.Cli;

/// <summary>Shows a comparison while it runs.</summary>
interface IProgressDisplay
{
    /// <summary>Keeps the display up while the comparison is followed.</summary>
    Task<Comparison> WhileAsync(Func<Task<Comparison>> follow);

    void Show(ComparisonEvent happened);
}

/// <summary>Lines, for pipes and logs; with <paramref name="verbose"/>, one for every download.</summary>
sealed class PlainProgress(IAnsiConsole console, bool verbose, TimeProvider time) : IProgressDisplay
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    (string Name, int Round)? current;
    long lastLine = time.GetTimestamp();
    bool queued, provisional;

    public Task<Comparison> WhileAsync(Func<Task<Comparison>> follow) => follow();

    public void Show(ComparisonEvent happened)
    {
        if (happened.Progress is { } progress) Show(progress);
        if (happened.Run is { } run)
        {
            lastLine = time.GetTimestamp();
            console.Print($"{Figures.Run(run.Name, run.Round)}: {Figures.Outcomes(Figures.Counts(run))} in {Figures.Seconds(run.ElapsedSeconds)}");
        }

        if (happened.Comparison is { Status: ComparisonStatus.Queued } && !queued) console.Print("Queued: it starts when the comparisons before it have ended.");
        queued |= happened.Comparison is { Status: ComparisonStatus.Queued };
        // Once: it is the last line of a log that is looked at soonest, and the final table comes anyway.
        if (happened.Comparison is { Summary: not [] } soFar && !provisional) console.Write(ComparisonTable.Provisional(soFar, console));
        provisional |= happened.Comparison is { Summary: not [] };
    }

    void Show(ComparisonProgress progress)
    {
        var heading = $"[{progress.RunNumber}/{progress.RunCount}] {Figures.Run(progress.Name, progress.Round)}";
        if (verbose)
        {
            if (current != (progress.Name, progress.Round)) console.Print(heading);
            current = (progress.Name, progress.Round);
            foreach (var download in progress.Downloads) console.Print(Figures.Of(download));
        }
        else if (time.GetElapsedTime(lastLine) >= Pause)
        {
            lastLine = time.GetTimestamp();
            console.Print($"{heading}: {progress.Finished:#,0} of {progress.Requested:#,0}, {progress.InFlight:#,0} in flight, {progress.Pending:#,0} pending, {Figures.Seconds(progress.ElapsedSeconds)}");
        }
    }
}

/// <summary>A bar per trial over all its rounds, and what has been measured so far, redrawn in place and gone when it has ended.</summary>
sealed class LiveProgress(IAnsiConsole console, Comparison comparison) : IProgressDisplay
{
    const int RoomForTheRest = 62;

    readonly Dictionary<string, Bar> bars = [];
    IRenderable below = Text.Empty;

    public Task<Comparison> WhileAsync(Func<Task<Comparison>> follow) => console.Progress()
        .AutoClear(true)
        .UseRenderHook((drawn, _) => new Rows(drawn, below))
        .Columns(
            new TaskDescriptionColumn { Alignment = Justify.Left },
            new ProgressBarColumn { Width = Math.Clamp(console.Profile.Width - RoomForTheRest, 10, 40) },
            new PercentageColumn(),
            new CountsColumn())
        .StartAsync(context =>
        {
            var rounds = comparison.Settings.LastRound + (comparison.Settings.Warmup ? 1 : 0);
            foreach (var trial in comparison.AllTrials())
                bars[trial.Name] = new(context.AddTask(Markup.Escape(console.Shown(trial.Name)), maxValue: Math.Max(1, trial.Settings.Countries.Count * rounds)));
            return follow();
        });

    public void Show(ComparisonEvent happened)
    {
        if (happened.Progress is { } progress) bars.GetValueOrDefault(progress.Name)?.Show(progress);
        if (happened.Run is { } run) bars.GetValueOrDefault(run.Name)?.Show(run);
        if (happened.Comparison is { } record)
        {
            below = record.Summary is not [] ? ComparisonTable.Provisional(record, console)
                : record.Status is ComparisonStatus.Queued ? new Text("Queued: it starts when the comparisons before it have ended.") : Text.Empty;
        }
    }

    /// <summary>Whole runs as the silo counted them, and the run under way as far as it has been told.</summary>
    sealed class Bar(ProgressTask task)
    {
        int[] ended = new int[Enum.GetValues<Outcome>().Length], told = new int[Enum.GetValues<Outcome>().Length];

        public void Show(ComparisonProgress progress)
        {
            foreach (var download in progress.Downloads) told[(int)download.Outcome]++;
            task.Value = ended.Sum() + progress.Finished;
            task.Tag = $"{Figures.Outcomes(told)}, {progress.InFlight:#,0} in flight{(progress.Warmup ? " (warm-up)" : "")}";
        }

        public void Show(Run run)
        {
            ended = [.. ended.Zip(Figures.Counts(run), (before, now) => before + now)];
            told = [.. ended];
            task.Value = ended.Sum();
            task.Tag = Figures.Outcomes(ended);
        }
    }

    sealed class CountsColumn : ProgressColumn
    {
        protected override bool NoWrap => true;

        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) => new Text(task.Tag as string ?? "") { Overflow = Overflow.Ellipsis };
    }
}
