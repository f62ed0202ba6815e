namespace FlagCloud.Silo.Comparisons;

/// <summary>Writes a comparison's downloads down while they end, so that whoever resumes it knows what need not be done again.</summary>
/// <param name="offset">Where the next download is written, bytes.</param>
/// <param name="unfinished">Downloads that are written down of a run that never ended.</param>
sealed class Journal(ComparisonStore store, string id, long offset, IReadOnlyList<Download> unfinished)
{
    int written = unfinished.Count;
    Download[] pending = [];

    public IReadOnlyList<Download> Unfinished { get; private set; } = unfinished;

    /// <param name="ended">The runs that have ended: all that is written down after them is of the one that did not.</param>
    public static async Task<Journal> Open(ComparisonStore store, string id, IReadOnlyList<Run> ended)
    {
        var (downloads, length) = await store.Written(id);
        return new(store, id, length, [.. downloads.Skip(ended.Sum(run => run.Requested))]);
    }

    /// <summary>Adds what has ended since the last time. What storage refuses is written with the next call.</summary>
    /// <param name="stopping">The silo is going down: what that broke is not an outcome, and will be done again.</param>
    public async Task Write(MeasuredRun run, bool stopping)
    {
        await WritePending(); // By itself: if it had arrived, and only the answer was lost, storage knows it again.
        var downloads = run.Since(written);
        written += downloads.Count;
        pending = [.. stopping ? downloads.Where(download => download.Outcome is not (Outcome.Cancelled or Outcome.Error)) : downloads];
        await WritePending();
    }

    public void EndRun() => (written, Unfinished) = (0, []);

    async Task WritePending()
    {
        if (pending is []) return;
        offset = await store.Append(id, pending, offset);
        pending = [];
    }
}
