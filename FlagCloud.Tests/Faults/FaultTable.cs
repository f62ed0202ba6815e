using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using FlagCloud.Contracts;
using FlagCloud.Tests.Hosting;

namespace FlagCloud.Tests.Faults;

/// <summary>
/// What must hold whatever fails, and a row for every cell in which it did: in the test's output, and all of them in TestResults/faults.md.
/// </summary>
static class FaultTable
{
    /// <summary>Marks a test that is a cell of the table: <c>-trait "Fault=AppHost"</c> runs the ones that stand elsewhere.</summary>
    public const string Trait = "Fault";

    const int LongestReason = 400;

    static readonly Lock Gate = new();
    static readonly SortedSet<string> Rows = new(StringComparer.Ordinal);

    /// <summary>
    /// The report adds up, every flag has one outcome, what is stored of this comparison is what is reported OK, byte for byte, and reasons are short and clean.
    /// </summary>
    /// <returns>Every download.</returns>
    public static async Task<IReadOnlyList<Download>> Holds(SiloHost host, Comparison comparison)
    {
        Assert.All(comparison.Runs, SiloClient.AddsUp);
        var downloads = await host.Downloads(comparison.Id);
        Assert.Equal(comparison.Runs.Sum(run => run.Requested), downloads.Count);
        Assert.All(comparison.Runs.GroupJoin(downloads, run => run.Name, download => download.Name, (run, own) => (run, own)),
            pair => Assert.Equal((pair.run.Ok, pair.run.Attempts), (pair.own.Count(download => download.Outcome is Outcome.Ok), pair.own.Sum(download => download.Attempts))));
        Assert.All(downloads, download => Assert.Equal(download.Outcome is Outcome.Error, download.Reason is not null));
        Assert.All(downloads.Select(download => download.Reason).OfType<string>(), reason => Assert.False(reason.Length > LongestReason || reason.Any(char.IsControl), reason));
        await StoredIsReported(host, comparison.Id, downloads);
        return downloads;
    }

    public static async Task StoredIsReported(SiloHost host, string comparison, IEnumerable<Download> downloads)
    {
        var stored = (await host.StoredFlags()).Where(flag => flag.ComparisonId == comparison).ToArray();
        Assert.Equal(
            downloads.Where(download => download.Outcome is Outcome.Ok).Select(download => (download.Country, download.Sha256)).Distinct().Order(),
            stored.Select(flag => (flag.Country, flag.Sha256)).Order());
        foreach (var flag in stored)
            Assert.Equal(flag.Sha256, Convert.ToHexStringLower(SHA256.HashData(await host.Client.GetByteArrayAsync($"/flags/{flag.Country}.svg"))));
    }

    public static void Row(string part, string cell, Comparison comparison, IReadOnlyList<Download> downloads, long begunAt) => Row(
        part, cell, string.Join(", ", downloads.CountBy(download => download.Outcome).Select(count => $"{count.Value} {count.Key}").Prepend($"{comparison.Status}")), begunAt,
        comparison.Reason ?? downloads.Select(download => download.Reason).FirstOrDefault(reason => reason is not null));

    public static void Row(string part, string cell, string outcome, long begunAt, string? message = null)
    {
        var row = string.Create(CultureInfo.InvariantCulture, $"| {part} | {cell} | {outcome} | {Stopwatch.GetElapsedTime(begunAt).TotalSeconds:0.0} s | {message} |");
        TestContext.Current.TestOutputHelper!.WriteLine(row);
        lock (Gate)
        {
            Rows.Add(row);
            var folder = Directory.CreateDirectory(Repository.PathTo("FlagCloud.Tests", "TestResults"));
            File.WriteAllLines(Path.Combine(folder.FullName, "faults.md"), Rows.Prepend("| --- | --- | --- | --- | --- |").Prepend("| part | cell | outcome | time | message |"));
        }
    }
}
