namespace FlagCloud.Silo.Questions;

/// <summary>
/// The measured rounds of a question in which every trial counts. A figure of several trials is made within each round first, and its median taken over the rounds: that is
/// what pairs them.
/// </summary>
sealed class Evidence
{
    readonly IReadOnlyList<Round> rounds;

    public Evidence(Comparison record)
    {
        Cores = record.Environment.Cores;
        var trials = record.AllTrials().Count;
        rounds = [.. record.Runs.Where(run => run.Counts).GroupBy(run => run.Round).Where(round => round.Count() == trials).Select(round => new Round(round.ToDictionary(run => run.Name)))];
    }

    /// <summary>Of the machine that ran them.</summary>
    public int Cores { get; }

    /// <summary>A figure of one trial.</summary>
    public Estimate Of(string trial, Func<Run, double> figure) => Each(round => figure(round[trial]));

    /// <summary>How many times the first trial's figure the second's is: <paramref name="of"/> / <paramref name="by"/>.</summary>
    public Estimate Ratio(string of, string by, Func<Run, double> figure) => Each(round => figure(round[of]) / figure(round[by]));

    /// <summary>How many times faster <paramref name="trial"/> is than <paramref name="than"/>.</summary>
    public Estimate Speedup(string trial, string than) => Ratio(than, trial, run => run.ElapsedSeconds);

    /// <summary>Any figure of a round.</summary>
    public Estimate Each(Func<Round, double> figure) => Estimate.Of([.. rounds.Select(figure)]);

    /// <summary>One round: a run of each trial.</summary>
    public readonly struct Round(IReadOnlyDictionary<string, Run> runs)
    {
        public Run this[string trial] => runs[trial];

        public double Speedup(string trial, string than) => this[than].ElapsedSeconds / this[trial].ElapsedSeconds;
    }
}
