namespace FlagCloud.Silo.Questions;

/// <summary>The rounds in which every trial of a question counts. What compares trials is computed within each round, and then its median taken: that pairs them.</summary>
sealed class Evidence(Comparison record)
{
    readonly IReadOnlyList<IReadOnlyDictionary<string, Run>> rounds =
    [
        .. record.Runs.Where(run => run.Counts).GroupBy(run => run.Round)
            .Where(round => round.Count() == record.AllTrials().Count).Select(round => round.ToDictionary(run => run.Name)),
    ];

    public int Cores => record.Environment.Cores;

    public Estimate Of(string trial, Func<Run, double> figure) => Each(round => figure(round[trial]));

    /// <summary>How many times the first trial's figure the second's is: <paramref name="of"/> / <paramref name="by"/>.</summary>
    public Estimate Ratio(string of, string by, Func<Run, double> figure) => Each(round => figure(round[of]) / figure(round[by]));

    /// <summary>How many times faster <paramref name="trial"/> is than <paramref name="than"/>.</summary>
    public Estimate Speedup(string trial, string than) => Ratio(than, trial, run => run.ElapsedSeconds);

    /// <summary>CPU seconds by elapsed seconds: how many cores a trial kept busy.</summary>
    public Estimate Parallelism(string trial) => Of(trial, run => run.ProcessCpuSeconds / run.ElapsedSeconds);

    /// <summary>Any figure of a round, which is a run of each trial.</summary>
    public Estimate Each(Func<IReadOnlyDictionary<string, Run>, double> figure) => Estimate.Of([.. rounds.Select(figure)]);
}
