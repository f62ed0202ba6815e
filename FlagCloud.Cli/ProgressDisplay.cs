using System.Diagnostics;
using Spectre.Console.Rendering;

namespace FlagCloud.Cli;

/// <summary>
/// Shows a comparison while it runs: on a terminal, a bar per trial over all its rounds and below them what has been measured so far, redrawn in place and gone in the
/// end; in a pipe or a log, lines; with <paramref name="verbose"/>, one for every download. What has happened is shown once, however often it is told.
/// </summary>
sealed class ProgressDisplay(Session session, Comparison comparison, bool verbose)
{
    const int RoomForTheRest = 62;
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    readonly IAnsiConsole console = session.Error;
    readonly bool live = session.Live && !verbose;
    readonly Dictionary<string, Bar> bars = [];
    readonly HashSet<(string Name, int Round)> ended = [];
    readonly HashSet<(string Name, int Round, string Country)> seen = [];
    IRenderable? soFar;
    string? heading;
    bool queued;
    long lastLine = Stopwatch.GetTimestamp();

    public Task<Comparison> WhileAsync(Func<Task<Comparison>> follow) => !live ? follow() : console.Progress()
        .AutoClear(true)
        .UseRenderHook((drawn, _) => soFar is null ? drawn : new Rows(drawn, soFar))
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
        foreach (var run in happened.Run is { } one ? [one] : happened.Comparison?.Runs ?? [])
            if (ended.Add((run.Name, run.Round))) Show(run);
        if (happened.Comparison is { Ended: false } record) Show(record);
        if (happened.Progress is { } progress && !ended.Contains((progress.Name, progress.Round)))
            Show(progress with { Downloads = [.. progress.Downloads.Where(download => seen.Add((download.Name, download.Round, download.Country)))] });
    }

    /// <summary>Of all downloads those that no event told of: they ended while the stream was broken, or as their run did.</summary>
    public void ShowRest(IEnumerable<Download> all)
    {
        foreach (var download in all.Where(one => !seen.Contains((one.Name, one.Round, one.Country))))
            console.Print($"{Figures.Run(download.Name, download.Round)}: {Figures.Of(download)}");
    }

    void Show(Comparison record)
    {
        if (record.Status is ComparisonStatus.Queued && !queued) console.Print("Queued: it starts when the comparisons before it have ended.");
        queued |= record.Status is ComparisonStatus.Queued;
        if (record.Summary is [] || record.Summary.Max(one => one.Rounds) >= record.Settings.LastRound) return;
        if (soFar is null && !live) console.Write(Tables.Provisional(record, console)); // Only once: a log is not redrawn, and the final table comes anyway.
        soFar = Tables.Provisional(record, console);
    }

    void Show(ComparisonProgress progress)
    {
        if (bars.TryGetValue(progress.Name, out var bar)) bar.Show(progress);
        if (live) return;
        var now = $"[{progress.RunNumber}/{progress.RunCount}] {Figures.Run(progress.Name, progress.Round)}";
        if (verbose)
        {
            if (heading != now) console.Print(now);
            heading = now;
            foreach (var download in progress.Downloads) console.Print(Figures.Of(download));
        }
        else if (Stopwatch.GetElapsedTime(lastLine) >= Pause)
        {
            lastLine = Stopwatch.GetTimestamp();
            console.Print(
                $"{now}: {progress.Finished:#,0} of {progress.Requested:#,0}, {progress.InFlight:#,0} in flight, {progress.Pending:#,0} pending, "
                + Figures.Seconds(progress.ElapsedSeconds));
        }
    }

    void Show(Run run)
    {
        if (bars.TryGetValue(run.Name, out var bar)) bar.Show(run);
        if (live) return;
        lastLine = Stopwatch.GetTimestamp();
        console.Print($"{Figures.Run(run.Name, run.Round)}: {Figures.Outcomes(Figures.Counts(run))} in {Figures.Seconds(run.ElapsedSeconds)}");
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
            ended = Figures.Sum(ended, Figures.Counts(run));
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
