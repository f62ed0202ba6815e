using System.Diagnostics;

namespace FlagCloud.Web.Live;

/// <summary>A comparison as it stood at one moment: what every viewer is shown. A new event makes a new one.</summary>
/// <param name="RunNumber">The run under way, or the last one, from 1; 0 before the first.</param>
/// <param name="IsStale">Whether the silo that runs it does not answer at present.</param>
public sealed record RaceView(Comparison Record, IReadOnlyList<LaneView> Lanes, int RunNumber, bool IsStale = false)
{
    public static RaceView Of(Comparison record) =>
        new(record, [.. record.AllTrials().Select(trial => new LaneView(trial, null, new Download?[trial.Settings.Countries.Count], null))], record.Runs.Count);

    public LaneView? Running => Lanes.FirstOrDefault(lane => lane.IsRunning);
    /// <summary>Whether nothing that is shown will change any more.</summary>
    public bool IsFinal => Record.Ended && Lanes.All(lane => lane.Result is not null || Record.Runs.All(run => run.Name != lane.Name));

    /// <summary>What somebody is told who begins to watch now: all that the events said that made this view.</summary>
    public IEnumerable<ComparisonEvent> Told()
    {
        if (!Record.Ended) yield return new(Record);
        foreach (var run in Record.Runs) yield return new(Run: run);
        if (Running is { Progress: { } progress } lane)
            yield return new(Progress: progress with { Downloads = [.. lane.Cells.OfType<Download>().OrderBy(download => download.CompletionIndex)] });
        if (Record.Ended) yield return new(Record);
    }

    /// <summary>The lanes of the runs that have ended, from what is written down: the last run of each trial.</summary>
    public async Task<RaceView> Filled(IAsyncEnumerable<Download> written)
    {
        var last = Record.Runs.GroupBy(run => run.Name).ToDictionary(runs => runs.Key, runs => runs.Last());
        if (last.Count is 0) return this;
        var filled = Lanes.Select(lane => last.TryGetValue(lane.Name, out var run)
            ? lane with { Round = run.Round, Cells = new Download?[lane.Countries.Count], Result = run, Progress = null }
            : lane).ToDictionary(lane => lane.Name);
        await foreach (var download in written)
            if (filled[download.Name] is var lane && lane.Round == download.Round) lane.Cells[lane.Places[download.Country]] = download;
        return this with { Lanes = [.. Lanes.Select(lane => filled[lane.Name])] };
    }

    public RaceView With(ComparisonEvent happened) => happened switch
    {
        { Progress: { } progress } => this with { IsStale = false, RunNumber = progress.RunNumber, Lanes = Changed(progress.Name, lane => lane.Advanced(progress)) },
        { Run: { } run } => this with
        {
            IsStale = false,
            Record = Record.Runs.Any(known => known.Name == run.Name && known.Round == run.Round) ? Record : Record with { Runs = [.. Record.Runs, run] },
            Lanes = Changed(run.Name, lane => lane.Round == run.Round ? lane with { Result = run } : lane),
        },
        _ => this with { IsStale = false, Record = happened.Comparison ?? Record },
    };

    IReadOnlyList<LaneView> Changed(string name, Func<LaneView, LaneView> change) => [.. Lanes.Select(lane => lane.Name == name ? change(lane) : lane)];
}

/// <summary>The newest run of a trial, as it stood at one moment.</summary>
/// <param name="Round">0 is the warm-up; null if no run of the trial has begun.</param>
/// <param name="Cells">A place for each country, in the order asked for; null until its download has ended.</param>
public sealed record LaneView(Trial Trial, int? Round, Download?[] Cells, Run? Result)
{
    public string Name => Trial.Name;
    public IReadOnlyList<string> Countries => Trial.Settings.Countries;
    public IReadOnlyDictionary<string, int> Places { get; } = Trial.Settings.Countries.Index().ToDictionary(place => place.Item, place => place.Index);
    /// <summary>The last word on the run; null before the first.</summary>
    public ComparisonProgress? Progress { get; init; }
    /// <summary>When that came, a time stamp of Stopwatch.</summary>
    public long AsOf { get; init; }
    public HashSet<string> Running { get; init; } = [];
    public int Stored => Cells.Count(cell => cell is { IsGood: true });
    public bool IsRunning => Round is not null && Result is null;
    /// <summary>What the run's clock shows now: between two words it goes on by itself.</summary>
    public double Clock => Result?.ElapsedSeconds ?? ReplayedSeconds ?? (Progress is { } progress ? progress.ElapsedSeconds + Stopwatch.GetElapsedTime(AsOf).TotalSeconds : 0);
    /// <summary>How far a replay has come; null in none.</summary>
    double? ReplayedSeconds { get; init; }

    /// <summary>The run as it stood so many seconds after its start, if it has ended.</summary>
    public LaneView At(double seconds) => Result is null || seconds >= Result.ElapsedSeconds ? this : this with
    {
        Cells = [.. Cells.Select(cell => cell?.EndedSeconds <= seconds ? cell : null)],
        Running = [.. Cells.OfType<Download>().Where(cell => cell.StartedSeconds <= seconds && cell.EndedSeconds > seconds).Select(cell => cell.Country)],
        Result = null,
        Progress = null,
        ReplayedSeconds = seconds,
    };

    public LaneView Advanced(ComparisonProgress progress)
    {
        var cells = Round == progress.Round && Result is null ? [.. Cells] : new Download?[Cells.Length];
        foreach (var download in progress.Downloads) cells[Places[download.Country]] = download;
        return this with { Round = progress.Round, Cells = cells, Result = null, Progress = progress, AsOf = Stopwatch.GetTimestamp(), Running = [.. progress.Running] };
    }
}
