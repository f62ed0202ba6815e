using FlagCloud.Contracts;

namespace FlagCloud.Silo.Questions;

/// <summary>The measured rounds of an experiment. A figure of several trials is made within each round first, and its median taken over the rounds: that is what pairs them.</summary>
/// <param name="runs">For each trial its measured runs, in the order of the rounds.</param>
/// <param name="cores">Of the machine that ran them.</param>
sealed class Evidence(IReadOnlyDictionary<string, IReadOnlyList<Run>> runs, int cores)
{
    public int Cores => cores;

    /// <summary>Rounds in which every trial was run.</summary>
    public int Rounds => runs.Values.Min(trial => trial.Count);

    /// <summary>A figure of one trial.</summary>
    public Estimate Of(string trial, Func<Run, double> figure) => Each(round => figure(round[trial]));

    /// <summary>How many times the first trial's figure the second's is: <paramref name="of"/> / <paramref name="by"/>.</summary>
    public Estimate Ratio(string of, string by, Func<Run, double> figure) => Each(round => figure(round[of]) / figure(round[by]));

    /// <summary>How many times faster <paramref name="trial"/> is than <paramref name="than"/>.</summary>
    public Estimate Speedup(string trial, string than) => Ratio(than, trial, run => run.ElapsedSeconds);

    /// <summary>Any figure of a round.</summary>
    public Estimate Each(Func<Round, double> figure) => Estimate.Of([.. Enumerable.Range(0, Rounds).Select(round => figure(new(runs, round)))]);

    /// <summary>One round: a run of each trial.</summary>
    public readonly struct Round(IReadOnlyDictionary<string, IReadOnlyList<Run>> runs, int index)
    {
        public Run this[string trial] => runs[trial][index];

        public double Speedup(string trial, string than) => this[than].ElapsedSeconds / this[trial].ElapsedSeconds;
    }
}
