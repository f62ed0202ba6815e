using System.Diagnostics;
using FlagCloud.Contracts;
using FlagCloud.Silo.Comparisons;

namespace FlagCloud.Silo.Watching;

/// <summary>A comparison as it stood at one moment: what every viewer is shown. A new event makes a new one.</summary>
/// <param name="RunNumber">The run under way, or the last one, from 1; 0 before the first.</param>
/// <param name="IsStale">Whether the silo that runs it does not answer at present.</param>
public sealed record RaceView(Comparison Record, IReadOnlyList<LaneView> Lanes, int RunNumber, int RunCount, bool IsStale = false)
{
    public static RaceView Of(Comparison record) => new(
        record, [.. record.Settings.Strategies.Select(strategy => LaneView.Empty(strategy, record.Settings.Countries.Count))],
        record.Runs.Count, RoundPlan.Of(record.Settings).Count);

    /// <summary>The lanes of the runs that have ended, from what is written down: the last run of each strategy.</summary>
    public async Task<RaceView> Filled(IAsyncEnumerable<Download> written)
    {
        var last = Record.Runs.GroupBy(run => run.Strategy).ToDictionary(runs => runs.Key, runs => runs.Last());
        var cells = last.Keys.ToDictionary(strategy => strategy, _ => new Download?[Record.Settings.Countries.Count]);
        var places = Places();
        await foreach (var download in written)
            if (last.TryGetValue(download.Strategy, out var run) && run.Round == download.Round)
                cells[download.Strategy][places[download.Country]] = download;
        return this with
        {
            Lanes = [.. Lanes.Select(lane => last.TryGetValue(lane.Strategy, out var run)
                ? lane with { Round = run.Round, Cells = cells[lane.Strategy], Result = run, ElapsedSeconds = run.ElapsedSeconds, InFlight = 0 }
                : lane)],
        };
    }

    public RaceView With(ComparisonEvent happened) => (this with { IsStale = false }).Applied(happened);

    RaceView Applied(ComparisonEvent happened) => happened switch
    {
        { Progress: { } progress } => (this with { RunNumber = progress.RunNumber, RunCount = progress.RunCount })
            .Changed(progress.Strategy, lane => Advanced(lane, progress)),
        { Run: { } run } => (Record.Runs.Contains(run) ? this : this with { Record = Record with { Runs = [.. Record.Runs, run] } })
            .Changed(run.Strategy, lane => lane.Round == run.Round ? lane with { Result = run, InFlight = 0, Running = LaneView.None } : lane),
        { Comparison: { } record } => this with { Record = record },
        _ => this,
    };

    LaneView Advanced(LaneView lane, ComparisonProgress progress)
    {
        var goesOn = lane.Round == progress.Round && lane.Result is null;
        var cells = goesOn ? lane.Cells.ToArray() : new Download?[lane.Cells.Count];
        var places = Places();
        foreach (var download in progress.Downloads) cells[places[download.Country]] = download;
        return lane with
        {
            Round = progress.Round, Cells = cells, InFlight = progress.InFlight, ElapsedSeconds = progress.ElapsedSeconds, AsOf = Stopwatch.GetTimestamp(), Result = null,
            Running = progress.Running?.Select(future => future.Country).ToHashSet() ?? [],
        };
    }

    RaceView Changed(string strategy, Func<LaneView, LaneView> change) =>
        this with { Lanes = [.. Lanes.Select(lane => lane.Strategy == strategy ? change(lane) : lane)] };

    Dictionary<string, int> Places() => Record.Settings.Countries.Index().ToDictionary(pair => pair.Item, pair => pair.Index);
}
