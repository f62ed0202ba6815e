using System.Diagnostics;
using System.Net.Http.Json;
using Azure;
using Azure.Storage.Blobs.Specialized;
using FlagCloud.Contracts;

namespace FlagCloud.Tests.Cluster;

/// <summary>A comparison to which something happens in the middle, and what that did to it.</summary>
sealed class Midway : IAsyncDisposable
{
    readonly CancellationTokenSource ended = new();
    readonly AppendBlobClient journal;
    readonly Uri web;
    readonly ComparisonPoll poll;
    readonly Task watching;

    Midway(string id, Uri web, ComparisonPoll poll, string storage)
    {
        (Id, this.web, this.poll) = (id, web, poll);
        journal = new(storage, "comparisons", id + ".downloads.ndjson", new() { Retry = { MaxRetries = 0, NetworkTimeout = TimeSpan.FromSeconds(2) } });
        watching = Watch();
    }

    public string Id { get; }

    /// <summary>For how long at most nothing new was written down. About 3.5 s when nothing happens: the 2 s of a flag, and a note once a second.</summary>
    public TimeSpan LongestPause { get; private set; }

    /// <summary>Starts a comparison and returns when some of its downloads, but not all, have ended.</summary>
    public static async Task<Midway> Start(Uri web, string storage, string? key = null, int rounds = 2)
    {
        // 100 flags, 2 s each, 20 at once: 10 s a round, long enough for everything that happens here to happen in the middle.
        var request = new { countries = "all", limit = 100, profile = "slow", concurrency = 20, warmup = false, rounds, strategies = new[] { "async" } };
        var poll = new ComparisonPoll(web);
        using var api = new HttpClient { BaseAddress = web };
        if (key is not null) api.DefaultRequestHeaders.Authorization = new("Bearer", key);
        using var response = await api.PostAsJsonAsync("/api/comparisons", request, FlagCloudJson.Options);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        var id = (await response.Content.ReadFromJsonAsync<Comparison>(FlagCloudJson.Options))!.Id;
        await poll.Until(id, "its start", comparison => comparison.Status is ComparisonStatus.Running);
        // Downloads are written down once a second; the first ones have ended after two.
        await Task.Delay(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
        return new(id, web, poll, storage);
    }

    public async Task<string> Controller() => (await poll.Until(Id, "its controller", comparison => comparison.Controller is not null)).Controller!;

    /// <summary>Another silo, which has taken part so far: one that has just joined may have no flag to lose.</summary>
    public async Task<string> Worker(string controller)
    {
        using var api = new HttpClient { BaseAddress = web };
        var downloads = (await api.GetFromJsonAsync<Download[]>($"/api/comparisons/{Id}/downloads", FlagCloudJson.Options))!;
        return downloads.Select(download => download.Silo).OfType<string>().Where(silo => silo != controller).GroupBy(silo => silo).MaxBy(silo => silo.Count())!.Key;
    }

    /// <summary>Its end, with every flag accounted for. What happened goes to the test's output, as a row of the table in docs/how-it-works.md.</summary>
    public async Task<Comparison> Whole()
    {
        var comparison = await poll.Until(Id, "its end", candidate => candidate.Ended);
        await ended.CancelAsync();
        await watching;
        using var api = new HttpClient { BaseAddress = web };
        var downloads = await Account.Balances(comparison, comparison.Settings.Rounds, api);
        TestContext.Current.TestOutputHelper!.WriteLine(FormattableString.Invariant(
            $"| {LongestPause.TotalSeconds:0.0} s | {downloads.Count(download => download.Repeats > 0)} | {comparison.Runs.Sum(run => run.Ok)} of {comparison.Runs.Sum(run => run.Requested)} OK | {comparison.Runs.Count(run => run.Interrupted)} of {comparison.Runs.Count} | {comparison.Interruptions?.Count ?? 0} |"));
        return comparison;
    }

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        await watching;
        ended.Dispose();
    }

    async Task Watch()
    {
        var (length, since) = (0L, Stopwatch.GetTimestamp());
        while (!ended.IsCancellationRequested)
        {
            var now = await Length();
            LongestPause = TimeSpan.FromTicks(Math.Max(LongestPause.Ticks, Stopwatch.GetElapsedTime(since).Ticks));
            if (now > length) (length, since) = (now, Stopwatch.GetTimestamp());
            await Task.Delay(100, ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    async Task<long> Length()
    {
        try
        {
            return (await journal.GetPropertiesAsync(cancellationToken: ended.Token)).Value.ContentLength;
        }
        catch (Exception e) when (e is RequestFailedException { Status: 0 or 404 or >= 500 } or OperationCanceledException)
        {
            return 0;
        }
    }
}
