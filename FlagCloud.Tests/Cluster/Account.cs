using System.Net.Http.Json;
using System.Security.Cryptography;
using FlagCloud.Contracts;

namespace FlagCloud.Tests.Cluster;

/// <summary>That nothing is lost and nothing counted twice.</summary>
static class Account
{
    /// <returns>Every download.</returns>
    public static async Task<IReadOnlyList<Download>> Balances(Comparison comparison, int runs, HttpClient api)
    {
        Assert.Equal((ComparisonStatus.Completed, null), (comparison.Status, comparison.Reason));
        Assert.Equal(runs, comparison.Runs.Count);
        var downloads = (await api.GetFromJsonAsync<Download[]>($"/api/comparisons/{comparison.Id}/downloads", FlagCloudJson.Options))!;
        Assert.Empty(downloads.Where(download => download.Outcome is not Outcome.Ok).Select(download => download.Reason));
        var flags = comparison.Settings.Countries.Count;
        Assert.All(comparison.Runs, run => Assert.Equal((flags, flags), (run.Requested, run.Ok)));

        Assert.Equal(runs * flags, downloads.Length);
        Assert.All(downloads.GroupBy(download => (download.Round, download.Country)), same => Assert.Single(same));

        var stored = (await api.GetFromJsonAsync<StoredFlag[]>("/api/flags", FlagCloudJson.Options))!.Where(flag => flag.ComparisonId == comparison.Id).ToArray();
        Assert.Equal(flags, stored.Length);
        foreach (var flag in stored)
            Assert.Equal(flag.Sha256, Convert.ToHexStringLower(SHA256.HashData(await api.GetByteArrayAsync($"/flags/{flag.Country}.svg"))));
        return downloads;
    }
}
