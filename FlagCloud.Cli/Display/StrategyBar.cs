using FlagCloud.Contracts;
using Spectre.Console;

namespace FlagCloud.Cli.Display;

/// <summary>One strategy's bar: whole runs as the silo counted them, and the run under way as far as it has been told.</summary>
sealed class StrategyBar(ProgressTask bar)
{
    Tally ended;
    Tally current;

    public void Progress(ComparisonProgress progress)
    {
        current += Tally.Of(progress.Downloads);
        bar.Value = ended.Requested + progress.Finished;
        bar.Tag = $"{ended + current}, {progress.InFlight:#,0} in flight{(progress.Warmup ? " (warm-up)" : "")}";
    }

    public void RunEnded(Run run)
    {
        current = default;
        ended += Tally.Of(run);
        bar.Value = ended.Requested;
        bar.Tag = ended.ToString();
    }
}
