using System.Globalization;
using System.Net.Http.Json;
using FlagCloud.Contracts;
using FlagCloud.Tests.Hosting;
using Microsoft.Playwright;

namespace FlagCloud.Tests.ByHand;

/// <summary>
/// Whether viewers slow a race down, and whether their page keeps up: the same comparison with no viewer and with five, by turns, on the lab at
/// FLAGCLOUD_LAB. Start it with <c>nice -n 19</c>: viewers sit elsewhere, and their browsers are to take only what the silo leaves of the cores.
/// </summary>
public sealed class LabViewers(Browser browser, ITestOutputHelper output)
{
    const int Viewers = 5, Pairs = 3;

    // Counts frames and the longest time without one, from now on.
    const string CountFrames = "() => { window.frames_ = { count: 0, longest: 0, from: performance.now(), last: performance.now() }; const step = now => { const f = window.frames_; f.longest = Math.max(f.longest, now - f.last); f.last = now; f.count++; requestAnimationFrame(step); }; requestAnimationFrame(step); }";

    const string Frames = "() => { const f = window.frames_; return `${(f.count * 1000 / (performance.now() - f.from)).toFixed(0)} frames/s, longest ${f.longest.toFixed(0)} ms`; }";

    const string Memory = "() => `${(performance.memory.usedJSHeapSize / 1e6).toFixed(1)} MB`";

    [Theory]
    [InlineData("web", 64)]
    [InlineData("local", 64)]
    public async Task Race_with_and_without_viewers(string profile, int concurrency)
    {
        if (Environment.GetEnvironmentVariable("FLAGCLOUD_LAB") is not { Length: > 0 } lab)
        {
            Assert.Skip("FLAGCLOUD_LAB is not set: the address of a lab that runs.");
            return;
        }
        using var api = new HttpClient { BaseAddress = new(lab) };
        string[] strategies = profile is "local" ? ["sequential", "threaded", "async"] : ["threaded", "async"];
        var request = new { countries = "all", profile, concurrency, rounds = 20, strategies };
        var (alone, watched) = (new List<Comparison>(), new List<Comparison>());
        await Run(api, request, viewers: 0); // Warms the silo up.
        for (var pair = 0; pair < Pairs; pair++)
        {
            alone.Add(await Run(api, request, viewers: 0));
            watched.Add(await Run(api, request, Viewers));
        }
        foreach (var strategy in strategies)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{profile}, {strategy}: median with {Viewers} viewers / with none: {string.Join(", ", alone.Zip(watched, (one, other) => Median(other, strategy) / Median(one, strategy)).Select(ratio => ratio.ToString("0.00", CultureInfo.InvariantCulture)))}"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{profile}: CPU seconds of the silo: {string.Join(", ", alone.Select(Cpu))} alone, {string.Join(", ", watched.Select(Cpu))} watched"));
    }

    /// <summary>One page, without <c>nice</c>: as somebody sees it who looks on at this machine.</summary>
    [Theory]
    [InlineData("web")]
    [InlineData("local")]
    public async Task Page_of_a_race(string profile)
    {
        if (Environment.GetEnvironmentVariable("FLAGCLOUD_LAB") is not { Length: > 0 } lab)
        {
            Assert.Skip("FLAGCLOUD_LAB is not set: the address of a lab that runs.");
            return;
        }
        using var api = new HttpClient { BaseAddress = new(lab) };
        output.WriteLine(profile);
        await Run(api, new { countries = "all", profile, concurrency = 64, rounds = 20, strategies = new[] { "threaded", "async" } }, viewers: 1);
    }

    async Task<Comparison> Run(HttpClient api, object request, int viewers)
    {
        using var response = await api.PostAsJsonAsync("/api/comparisons", request, FlagCloudJson.Options);
        var id = (await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<Comparison>(FlagCloudJson.Options))!.Id;
        var contexts = new List<IBrowserContext>();
        IPage? page = null;
        for (var viewer = 0; viewer < viewers; viewer++)
        {
            contexts.Add(await browser.NewContextAsync(1280, ColorScheme.Light));
            page = await contexts[^1].NewPageAsync();
            await page.GotoAsync($"{api.BaseAddress}race/{id}");
        }
        if (page is not null) await page.EvaluateAsync(CountFrames);
        var comparison = await Ended(api, id);
        if (page is not null) output.WriteLine($"page: {await page.EvaluateAsync<string>(Frames)}, JavaScript heap {await page.EvaluateAsync<string>(Memory)}");
        foreach (var context in contexts) await context.CloseAsync();
        return comparison;
    }

    static async Task<Comparison> Ended(HttpClient api, string id)
    {
        using var clock = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (await clock.WaitForNextTickAsync(TestContext.Current.CancellationToken))
            if (await api.GetFromJsonAsync<Comparison>($"/api/comparisons/{id}", FlagCloudJson.Options) is { Ended: true } comparison)
                return comparison;
        throw new OperationCanceledException();
    }

    static double Median(Comparison comparison, string strategy) => comparison.Summary.Single(summary => summary.Strategy == strategy).MedianSeconds;

    static string Cpu(Comparison comparison) => comparison.Runs.Sum(run => run.ProcessCpuSeconds).ToString("0.0", CultureInfo.InvariantCulture);
}
