using FlagCloud.Contracts;
using Spectre.Console;

namespace FlagCloud.Cli.Display;

/// <summary>A bar per strategy over all its rounds, redrawn in place.</summary>
sealed class LiveProgress(IAnsiConsole console) : IProgressDisplay
{
    const int RoomForTheRest = 62;

    readonly Dictionary<string, StrategyBar> bars = [];
    ProgressContext? context;

    public Task<Comparison> WhileAsync(Func<Task<Comparison>> follow) => console.Progress()
        .AutoClear(false)
        .Columns(
            new TaskDescriptionColumn { Alignment = Justify.Left },
            new ProgressBarColumn { Width = Math.Clamp(console.Profile.Width - RoomForTheRest, 10, 40) },
            new PercentageColumn(),
            new CountersColumn())
        .StartAsync(async started =>
        {
            context = started;
            return await follow();
        });

    public void Queued() => console.Print(Sentences.Queued);

    public void Started(Comparison comparison)
    {
        Opening.Write(console, comparison);
        var settings = comparison.Settings;
        var flags = settings.Countries.Count * (settings.Rounds + (settings.Warmup ? 1 : 0));
        foreach (var strategy in settings.Strategies)
            bars[strategy] = new(context!.AddTask(Markup.Escape(strategy), maxValue: Math.Max(flags, 1)));
    }

    public void Progress(ComparisonProgress progress)
    {
        if (bars.TryGetValue(progress.Strategy, out var bar)) bar.Progress(progress);
    }

    public void RunEnded(Run run)
    {
        if (bars.TryGetValue(run.Strategy, out var bar)) bar.RunEnded(run);
    }

    public void Cancelling() => console.Print(Sentences.Cancelling);
}
