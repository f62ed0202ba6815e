namespace FlagCloud.Silo.Comparisons.Strategies;

/// <summary>
/// All at once from the controller grain's turns, which never run on two threads at a time; no thread waits (<c>flags_asyncio.py</c>).
/// Neither Task.Run nor ConfigureAwait(false): both would leave the grain's scheduler.
/// </summary>
sealed class AsyncFanOut : IStrategy
{
    public string Name => "async";
    public string Description => "All at once from one single-threaded turn, and no thread waits.";

    public async Task Run(IReadOnlyList<string> countries, int limit, Func<string, Task> downloadOne)
    {
        using var places = new SemaphoreSlim(limit);
        await Task.WhenAll(countries.Select(async country =>
        {
            await places.WaitAsync();
            try
            {
                await downloadOne(country);
            }
            finally
            {
                places.Release();
            }
        }));
    }
}
