namespace FlagCloud.Silo.Questions;

/// <summary>The measured rounds in which every trial of a question counts. What compares trials is computed within each round, and then its median taken: that pairs them.</summary>
sealed class Evidence
{
    readonly IReadOnlyList<IReadOnlyDictionary<string, Run>> rounds;

    public Evidence(Comparison record)
    {
        Cores = record.Environment.Cores;
        var trials = record.AllTrials().Count;
        rounds = [.. record.Runs.Where(run => run.Counts).GroupBy(run => run.Round).Where(round => round.Count() == trials).Select(round => round.ToDictionary(run => run.Name))];
    }

    /// <summary>Of the machine that ran them.</summary>
    public int Cores { get; }

    /// <summary>A figure of one trial.</summary>
    public Estimate Of(string trial, Func<Run, double> figure) => Each(round => figure(round[trial]));

    /// <summary>How many times the first trial's figure the second's is: <paramref name="of"/> / <paramref name="by"/>.</summary>
    public Estimate Ratio(string of, string by, Func<Run, double> figure) => Each(round => figure(round[of]) / figure(round[by]));

    /// <summary>How many times faster <paramref name="trial"/> is than <paramref name="than"/>.</summary>
    public Estimate Speedup(string trial, string than) => Ratio(than, trial, run => run.ElapsedSeconds);

    /// <summary>Any figure of a round, which is a run of each trial.</summary>
    public Estimate Each(Func<IReadOnlyDictionary<string, Run>, double> figure) => Estimate.Of([.. rounds.Select(figure)]);
}

/// <summary>Figures of a run that verdicts are made of.</summary>
static class RunFigures
{
    public static double Goodput(this Run run) => run.Good / run.ElapsedSeconds;

    public static double SuccessRate(this Run run) => (double)run.Good / run.Requested;

    /// <summary>CPU seconds by elapsed seconds: how many cores were kept busy.</summary>
    public static double Parallelism(this Run run) => run.ProcessCpuSeconds / run.ElapsedSeconds;
}
