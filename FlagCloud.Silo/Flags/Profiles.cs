using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;

namespace FlagCloud.Silo.Flags;

/// <summary>The profiles that our origin offers, as it names them itself.</summary>
sealed class Profiles(IHttpClientFactory clients, IOptions<FlagOptions> options)
{
    IReadOnlyList<string>? names;

    /// <summary>Asked for once. Throws <see cref="HttpRequestException"/> while the origin does not answer.</summary>
    public async Task<IReadOnlyList<string>> Names(CancellationToken cancellationToken)
    {
        if (names is null)
        {
            using var client = clients.CreateClient(FlagSource.HttpClient);
            client.Timeout = TimeSpan.FromSeconds(5);
            var profiles = await client.GetFromJsonAsync<Profile[]>(new Uri(options.Value.Origin, "/profiles"), cancellationToken);
            names = [.. profiles!.Select(profile => profile.Name)];
        }
        return names;
    }

    sealed record Profile([property: JsonRequired] string Name);
}
