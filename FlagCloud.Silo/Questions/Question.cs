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

    protected static IReadOnlyList<string> AllFlags { get; } = [.. Catalogue.All.Keys];

    /// <summary>Each with one strategy; rounds, seed and warm-up are the question's.</summary>
    public abstract IReadOnlyList<Trial> Trials { get; }

    /// <summary>The seed of a round, from 1 (0 is the warm-up).</summary>
    public virtual int Seed(int round) => 1_000 + round;

    /// <summary>A strategy that only this question knows; null takes the one that the trial names.</summary>
    public virtual IStrategy? StrategyOf(string trial) => null;

    /// <summary>Whether what a trial uses is measured.</summary>
    public virtual bool Measures(string trial) => true;

    /// <summary>What the rounds say. Asked after each round: for its widths first, for its verdict at the end.</summary>
    public abstract Finding Judge(Evidence evidence);

    /// <summary>A trial's settings, with the rounds that the question takes.</summary>
    public ComparisonSettings Paced(ComparisonSettings trial) => trial with { CiWidth = width, MaxRounds = maxRounds, Seed = Seed(0) };
}

/// <summary>Every question that there is, in the order of their numbers.</summary>
sealed class QuestionCatalogue
{
    public IReadOnlyList<Question> All { get; } =
    [
        .. typeof(Question).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Question)))
            .Select(type => (Question)Activator.CreateInstance(type)!).OrderBy(question => question.Number),
    ];

    /// <param name="name">Id or number.</param>
    public Question? Find(string name) => All.FirstOrDefault(question => question.Id == name || $"{question.Number}" == name);
}
