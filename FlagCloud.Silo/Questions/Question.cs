using FlagCloud.Contracts;

namespace FlagCloud.Silo.Questions;

/// <summary>
/// A question and the experiment that answers it. A new one is a file in the folder Asked and nothing else: it is found by its type.
/// A round runs every trial once, all on the same seed, so that they meet the same delays and faults; the next round begins with another trial.
/// </summary>
abstract class Question
{
    /// <summary>Where it stands in the list, from 1; each number once.</summary>
    public abstract int Number { get; }

    /// <summary>As in URLs: lower-case words with hyphens.</summary>
    public abstract string Id { get; }

    public abstract string Title { get; }

    /// <summary>What is behind it, for a newcomer.</summary>
    public abstract string Explanation { get; }

    /// <summary>What the experiment is to confirm or to refute.</summary>
    public abstract string Expectation { get; }

    public abstract IReadOnlyList<Trial> Trials { get; }

    /// <summary>Half width of an interval, as a share of its figure, at which enough rounds have been run.</summary>
    public virtual double Width => 0.1;

    public virtual int MaxRounds => 10;

    /// <summary>The seed of a round, from 1 (0 is the warm-up).</summary>
    public virtual int Seed(int round) => 1_000 + round;

    /// <summary>What the rounds say. Asked after each round from the sixth on: for its widths then, for its verdict at the end.</summary>
    public abstract Finding Judge(Evidence evidence);
}
