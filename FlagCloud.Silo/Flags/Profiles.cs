using FlagCloud.Contracts;
using Microsoft.Extensions.Options;

namespace FlagCloud.Silo.Flags;

/// <summary>The profiles that our origin offers, as it names them itself.</summary>
sealed class Profiles(IHttpClientFactory clients, IOptions<FlagOptions> options)
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
}
