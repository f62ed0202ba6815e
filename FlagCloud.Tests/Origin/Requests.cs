using System.Globalization;
using FlagCloud.Origin.Http;
using FlagCloud.Origin.Profiles;

namespace FlagCloud.Tests.Origin;

static class Requests
{
    public static string[] Codes { get; } =
        [.. Directory.EnumerateFiles(NpmFlags.Folder, "*.svg").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    public static HttpRequestMessage Flag(string profile, string code = "br", int seed = 1, int attempt = 1, HttpMethod? method = null) =>
        new(method ?? HttpMethod.Get, $"{profile}/flags/{code}.svg") { Headers = { { OriginHeaders.Seed, $"{seed}" }, { OriginHeaders.Attempt, $"{attempt}" } } };

    /// <summary>The first attempt at Brazil's flag whose draw is such a one.</summary>
    public static int AttemptWhere(string profile, Func<Draw, bool> condition) =>
        Enumerable.Range(1, 1000).First(attempt => condition(Draws.Of(Profile.All[profile], 1, "br", attempt)));

    /// <summary>What Server-Timing says of the delay.</summary>
    public static TimeSpan Delay(this HttpResponseMessage response)
    {
        var value = Assert.Single(response.Headers.GetValues("Server-Timing"));
        Assert.StartsWith("delay;dur=", value);
        return TimeSpan.FromMilliseconds(double.Parse(value["delay;dur=".Length..], CultureInfo.InvariantCulture));
    }
}
