using System.Diagnostics;
using System.Net.Http.Json;
using FlagCloud.Contracts;

namespace FlagCloud.Tests.Cluster;

/// <summary>Follows a comparison through web, for which a silo that is lost is no reason not to answer.</summary>
sealed class ComparisonPoll(Uri web)
{
    static readonly TimeSpan Deadline = TimeSpan.FromMinutes(4);

    public async Task<Comparison> Until(string id, string awaited, Func<Comparison, bool> condition)
    {
        var begun = Stopwatch.GetTimestamp();
        using var clock = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        Comparison? last = null;
        while (Stopwatch.GetElapsedTime(begun) < Deadline)
        {
            last = await TryGet(id) ?? last;
            if (last is not null && condition(last)) return last;
            await clock.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
        throw new TimeoutException($"Waited {Deadline.TotalMinutes} minutes in vain for {awaited}; the comparison is {last?.Status} ({last?.Reason}), {last?.Runs.Count} runs, {string.Join(' ', last?.Interruptions ?? [])}");
    }

    async Task<Comparison?> TryGet(string id)
    {
        using var api = new HttpClient { BaseAddress = web, Timeout = TimeSpan.FromSeconds(3) };
        try
        {
            return await api.GetFromJsonAsync<Comparison>($"/api/comparisons/{id}", FlagCloudJson.Options);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return null;
        }
    }
}
