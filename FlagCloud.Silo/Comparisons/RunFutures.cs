using FlagCloud.Contracts;

namespace FlagCloud.Silo.Comparisons;

/// <summary>The futures of a run: submitted all at once, in the order of the countries. Not thread-safe; the run's gate guards it.</summary>
sealed class RunFutures
{
    readonly IReadOnlyList<string> countries;
    readonly FutureState[] states;
    readonly double[] begun;

    /// <param name="recorded">Downloads that had ended before the run was resumed.</param>
    public RunFutures(IReadOnlyList<string> countries, IReadOnlyList<Download> recorded)
    {
        (this.countries, states, begun) = (countries, new FutureState[countries.Count], new double[countries.Count]);
        foreach (var download in recorded) states[download.SubmitIndex] = download.State;
        Pending = countries.Count - recorded.Count;
    }

    public int Pending { get; private set; }

    public void Began(int index, double seconds)
    {
        (states[index], begun[index]) = (FutureState.Running, seconds);
        Pending--;
    }

    public void Ended(int index, FutureState state) => states[index] = state;

    public IReadOnlyList<Future> Running() =>
    [
        .. Enumerable.Range(0, countries.Count).Where(index => states[index] is FutureState.Running)
            .Select(index => new Future(countries[index], FutureState.Running, 0, begun[index])),
    ];
}
