namespace FlagCloud.Silo.Flags;

/// <summary>The profiles that our origin says it has. It is asked from the start on: its first answer can take longer than whoever starts a comparison should wait.</summary>
sealed class Profiles(IHttpClientFactory clients, IOptions<FlagOptions> options) : BackgroundService
{
    IReadOnlyList<Choice>? known;

    /// <summary>Asked for until the origin has answered once. Throws <see cref="HttpRequestException"/> or <see cref="TaskCanceledException"/> while it does not.</summary>
    public async Task<IReadOnlyList<Choice>> All(CancellationToken cancellationToken)
    {
        if (known is not null) return known;
        using var client = clients.CreateClient(FlagSource.OurClient);
        client.Timeout = TimeSpan.FromSeconds(5);
        return known = (await client.GetFromJsonAsync<Choice[]>(new Uri(options.Value.Origin, "/profiles"), FlagCloudJson.Options, cancellationToken))!;
    }

    // Whoever needs them meanwhile is told what is wrong.
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => new ResiliencePipelineBuilder()
        .AddRetry(new() { ShouldHandle = new PredicateBuilder().Handle<Exception>(), MaxRetryAttempts = int.MaxValue, Delay = TimeSpan.FromSeconds(1) }).Build()
        .ExecuteAsync(async token => await All(token), stoppingToken).AsTask();
}
