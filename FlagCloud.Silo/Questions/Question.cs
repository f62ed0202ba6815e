namespace FlagCloud.Silo.Questions;

/// <summary>
/// A question (see <see cref="QuestionInfo"/>) and the comparison that answers it: named trials, and a judgement of their runs. It is found by its type.
/// A round runs every trial once, all on the same seed, so that they meet the same delays and faults; the next round begins with another trial.
/// </summary>
/// <param name="number">Where it stands in the list, from 1; each number once.</param>
/// <param name="id">As in URLs: lower-case words with hyphens.</param>
/// <param name="width">Half width of an interval, as a share of its figure, at which enough rounds have been run.</param>
abstract class Question(int number, string id, string title, string explanation, string expectation, double width = 0.1, int maxRounds = 10)
{
    public int Number => number;
    public string Id => id;
    public QuestionInfo Info => new(number, id, title, explanation, expectation, [.. Trials.Select(trial => trial.Name)]);

    public abstract IReadOnlyList<Trial> Trials { get; } // Each with one strategy; rounds, seed and warm-up are the question's.
    protected static IReadOnlyList<string> AllFlags { get; } = [.. Catalogue.All.Keys];

    public virtual int Seed(int round) => 1_000 + round; // Of a round, from 1 (0 is the warm-up).
    public virtual IStrategy? StrategyOf(string trial) => null; // A strategy that only this question knows; null takes the one that the trial names.
    public virtual bool Measures(string trial) => true; // Whether what a trial uses is measured.

    /// <summary>What the rounds say. Asked after each round: for its widths first, for its verdict at the end.</summary>
    public abstract Finding Judge(Evidence evidence);

    /// <summary>A trial's settings, with the rounds that the question takes.</summary>
    public ComparisonSettings Paced(ComparisonSettings trial) => trial with { CiWidth = width, MaxRounds = maxRounds, Seed = Seed(0) };
}

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
    public Estimate Ratio(string of, string by, Func<Run, double> figure) => Each(round => figure(round[of]) / figure(round[by]));
    public Estimate Speedup(string trial, string than) => Ratio(than, trial, run => run.ElapsedSeconds); // How many times faster.
    public Estimate Parallelism(string trial) => Of(trial, run => run.ProcessCpuSeconds / run.ElapsedSeconds); // How many cores it kept busy.

    /// <summary>Any figure of a round, which is a run of each trial.</summary>
    public Estimate Each(Func<IReadOnlyDictionary<string, Run>, double> figure) => Estimate.Of([.. rounds.Select(figure)]);
}

/// <summary>Every question that there is, in the order of their numbers.</summary>
static class QuestionCatalogue
{
    public static IReadOnlyList<Question> All { get; } =
    [
        .. typeof(Question).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Question)))
            .Select(type => (Question)Activator.CreateInstance(type)!).OrderBy(question => question.Number),
    ];

    public static Question? Find(string idOrNumber) => All.FirstOrDefault(question => question.Id == idOrNumber || $"{question.Number}" == idOrNumber);
}
