using Orleans.Concurrency;

namespace FlagCloud.Silo.Comparisons;

[StatelessWorker]
sealed class ChoicesGrain(IEnumerable<IStrategy> strategies, Profiles profiles, IOptions<FlagOptions> options) : Grain, IChoicesGrain
{
    public async Task<Choices> Get() => new(
        [.. strategies.Select(strategy => new Choice(strategy.Name, strategy.Description, OneAtATime: strategy.OneAtATime))],
        await Known(), [.. options.Value.AllowedOrigins], [.. QuestionCatalogue.All.Select(question => question.Info)]);

    async Task<IReadOnlyList<Choice>> Known()
    {
        try
        {
            return await profiles.All(CancellationToken.None);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return [];
        }
    }
}
