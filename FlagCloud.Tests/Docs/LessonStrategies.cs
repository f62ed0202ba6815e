using FlagCloud.Silo.Comparisons.Strategies;

namespace FlagCloud.Tests.Docs;

/// <summary>As many start as there are places, all of them are waited for, then the next: a solution of an exercise in docs/lesson.md.</summary>
sealed class Batches : IStrategy
{
    public string Name => "batches";

    public string Description => "As many as there are places, and the next when all of them are stored.";

    public async Task Run(IReadOnlyList<string> countries, int limit, Func<string, Task> downloadOne)
    {
        foreach (var batch in countries.Chunk(limit))
            await Task.WhenAll(batch.Select(downloadOne));
    }
}

/// <summary>The library's own loop, which runs on the thread pool: a solution of another.</summary>
sealed class ParallelLoop : IStrategy
{
    public string Name => "parallel";

    public string Description => "The library's loop for asynchronous bodies, on the thread pool.";

    public Task Run(IReadOnlyList<string> countries, int limit, Func<string, Task> downloadOne) =>
        Parallel.ForEachAsync(countries, new ParallelOptions { MaxDegreeOfParallelism = limit }, async (country, _) => await downloadOne(country));
}
