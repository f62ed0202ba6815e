namespace FlagCloud.Silo.Comparisons.Strategies;

/// <summary>The next flag is asked for only when the last one is stored (<c>flags.py</c>).</summary>
sealed class Sequential : IStrategy
{
    public string Name => "sequential";
    public string Description => "The next flag is asked for when the last one is stored.";
    public bool OneAtATime => true;

    public async Task Run(IReadOnlyList<string> countries, int limit, Func<string, Task> downloadOne)
    {
        foreach (var country in countries)
            await downloadOne(country);
    }
}
