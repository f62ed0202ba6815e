using FlagCloud.Contracts;
using Spectre.Console;

namespace FlagCloud.Cli.Display;

/// <summary>Lines, for pipes and logs; with <paramref name="verbose"/>, one for every download.</summary>
sealed class PlainProgress(IAnsiConsole console, bool verbose, TimeProvider time) : IProgressDisplay
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    (string Strategy, int Round)? current;
    long lastLine = time.GetTimestamp();
    int runs;
    int ended;

    public Task<Comparison> WhileAsync(Func<Task<Comparison>> follow) => follow();

    public void Queued() => console.Print(Sentences.Queued);

    public void Started(Comparison comparison)
    {
        Opening.Write(console, comparison);
        console.WriteLine();
        runs = Sentences.RunCount(comparison.Settings);
    }

    public void Progress(ComparisonProgress progress)
    {
        var heading = $"[{progress.RunNumber}/{progress.RunCount}] {Sentences.Run(progress.Strategy, progress.Round)}";
        if (verbose)
        {
            if (current != (progress.Strategy, progress.Round)) console.Print(heading);
            current = (progress.Strategy, progress.Round);
            foreach (var download in progress.Downloads) console.Print(Sentences.Download(download));
        }
        else if (time.GetElapsedTime(lastLine) >= Pause)
        {
            lastLine = time.GetTimestamp();
            console.Print(
                $"{heading}: {progress.Finished:#,0} of {progress.Requested:#,0}, {progress.InFlight:#,0} in flight, {progress.Pending:#,0} pending, {Figures.Seconds(progress.ElapsedSeconds)}");
        }
    }

    public void RunEnded(Run run)
    {
        ended++;
        lastLine = time.GetTimestamp();
        console.Print($"[{ended}/{runs}] {Sentences.Run(run.Strategy, run.Round)}: {Tally.Of(run)} in {Figures.Seconds(run.ElapsedSeconds)}");
    }

    public void Cancelling() => console.Print(Sentences.Cancelling);
}
