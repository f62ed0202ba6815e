using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using FlagCloud.Contracts;
using FlagCloud.Tests.Hosting;

namespace FlagCloud.Tests.Comparisons;

public sealed class ComparisonTests(SiloFixture fixture, AzuriteFixture azurite)
{
    [Fact]
    public async Task Every_flag_is_stored_as_the_origin_sent_it()
    {
        var host = await fixture.Host(azurite);
        var comparison = await host.Run(new { countries = "all", profile = "local", concurrency = 64, warmup = false });

        Assert.Equal(ComparisonStatus.Completed, comparison.Status);
        Assert.Equal(["sequential", "threaded", "async"], comparison.Runs.Select(run => run.Strategy));
        Assert.All(comparison.Runs, run => Assert.Equal((271, 271), (run.Requested, run.Ok)));
        foreach (var country in comparison.Settings.Countries)
        {
            var sent = await host.Origin.Client.GetByteArrayAsync($"/local/flags/{country}.svg");
            using var stored = await host.Client.GetAsync($"/flags/{country}.svg");
            Assert.Equal("image/svg+xml", stored.Content.Headers.ContentType?.MediaType);
            Assert.Equal(sent, await stored.Content.ReadAsByteArrayAsync());
        }
        var downloads = await host.Downloads(comparison.Id);
        Assert.All(downloads.GroupBy(download => download.Country), same => Assert.Single(same.Select(download => download.Sha256).Distinct()));
    }

    [Fact]
    public async Task Record_says_what_was_asked_and_on_what_it_ran()
    {
        var host = await fixture.Host(azurite);
        var comparison = await host.Run(new { countries = new[] { "BR", "f", "fr" }, limit = 3, profile = "local", rounds = 2, seed = 5, strategies = new[] { "async", "sequential" } });

        Assert.Equal(["br", "fi", "fj"], comparison.Settings.Countries);
        Assert.Equal(["async", "sequential"], comparison.Settings.Strategies);
        Assert.Equal([0, 0, 1, 1, 2, 2], comparison.Runs.Select(run => run.Round));
        Assert.Equal([true, true, false, false, false, false], comparison.Runs.Select(run => run.Warmup));
        Assert.All(comparison.Summary, summary => Assert.Equal(2, summary.Rounds));
        // Known from the quiet second after the warm-up on, and as much a second for every run; on a busy machine, which compiles meanwhile, that may be nothing.
        Assert.All(comparison.Runs.Where(run => run.Warmup), run => Assert.Equal(0, run.BackgroundCpuSeconds));
        Assert.Single(comparison.Runs.Where(run => !run.Warmup).Select(run => Math.Round(run.BackgroundCpuSeconds / run.ElapsedSeconds, 9)).Distinct());
        Assert.Contains("6 rounds give an interval", Assert.Single(comparison.Conclusions), StringComparison.Ordinal);
        Assert.Equal(Environment.ProcessorCount, comparison.Environment.Cores);
        Assert.Single(comparison.Environment.Silos);
        Assert.StartsWith(host.Origin.BaseAddress.ToString(), comparison.Environment.Origin, StringComparison.Ordinal);
        Assert.DoesNotContain("AccountKey", comparison.Environment.Storage, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Downloads_carry_their_order_and_their_stages()
    {
        var host = await fixture.Host(azurite);
        var comparison = await host.Run(new { profile = "local", concurrency = 3, warmup = false, strategies = new[] { "async" } });
        var downloads = await host.Downloads(comparison.Id);

        Assert.Equal(Enumerable.Range(0, 20), downloads.Select(download => download.CompletionIndex));
        Assert.Equal(comparison.Settings.Countries, downloads.OrderBy(download => download.SubmitIndex).Select(download => download.Country));
        Assert.All(downloads, download =>
        {
            double?[] stages = [download.StartedSeconds, download.HeadersSeconds, download.BodySeconds, download.WorkedSeconds, download.StoredSeconds];
            Assert.DoesNotContain(null, stages);
            Assert.Equal(stages.Order(), stages);
        });
        Assert.Equal(3, Assert.Single(comparison.Runs).PeakInFlight);
    }

    [Fact]
    public async Task Csv_has_a_row_for_every_download()
    {
        var host = await fixture.Host(azurite);
        var comparison = await host.Run(new { countries = new[] { "br" }, profile = "local", warmup = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/comparisons/{comparison.Id}/downloads") { Headers = { Accept = { new("text/csv") } } };
        using var response = await host.Client.SendAsync(request);

        Assert.Equal("text/csv", response.Content.Headers.ContentType?.MediaType);
        var rows = (await response.Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("country,strategy,round,outcome,reason,attempts,bytes,sha256,submitIndex,completionIndex,startedSeconds,", rows[0], StringComparison.Ordinal);
        Assert.Equal(["br,sequential,1,ok,,1,", "br,threaded,1,ok,,1,", "br,async,1,ok,,1,"], rows[1..].Select(row => row[..(row.IndexOf(",1,", row.IndexOf("ok", StringComparison.Ordinal), StringComparison.Ordinal) + 3)]));
    }

    [Fact]
    public async Task Refresh_of_current_flags_uploads_nothing()
    {
        var host = await fixture.Host(azurite);
        var request = new { countries = new[] { "ad", "ae" }, profile = "local", warmup = false, strategies = new[] { "async" }, mode = "refresh" };
        await host.Run(request with { mode = "force" });
        var before = await ETags(host, "ad", "ae");
        var comparison = await host.Run(request);

        var run = Assert.Single(comparison.Runs);
        Assert.Equal((2, 0, 2), (run.NotModified, run.Ok, run.Attempts));
        Assert.Equal(before, await ETags(host, "ad", "ae"));
        Assert.Equal(1, Assert.Single(comparison.Summary).SuccessRate);
    }

    [Fact]
    public async Task Refresh_stores_what_is_not_there_yet()
    {
        await using var own = await SiloHost.Start(azurite);
        var comparison = await own.Run(new { countries = new[] { "ad" }, profile = "local", warmup = false, strategies = new[] { "async" }, mode = "refresh" });

        Assert.Equal(1, Assert.Single(comparison.Runs).Ok);
    }

    [Fact]
    public async Task Brotli_is_stored_compressed_and_served_in_either_form()
    {
        var host = await fixture.Host(azurite);
        var comparison = await host.Run(new { countries = new[] { "es" }, profile = "local", warmup = false, work = "brotli", interpreterLock = true, strategies = new[] { "threaded" } });
        var sent = await host.Origin.Client.GetByteArrayAsync("/local/flags/es.svg");

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(sent)), Assert.Single(await host.Downloads(comparison.Id)).Sha256);
        Assert.Equal(sent, await host.Client.GetByteArrayAsync("/flags/es.svg"));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/flags/es.svg") { Headers = { AcceptEncoding = { new("br") } } };
        using var packed = await host.Client.SendAsync(request);
        Assert.Equal(["br"], packed.Content.Headers.ContentEncoding);
        Assert.True(packed.Content.Headers.ContentLength < sent.Length / 2);
        var stored = (await host.Client.GetFromJsonAsync<StoredFlag[]>("/api/flags", FlagCloudJson.Options))!.Single(flag => flag.Country == "es");
        Assert.Equal(("br", comparison.Id, 1), (stored.ContentEncoding, stored.ComparisonId, stored.Attempts));
    }

    [Fact]
    public async Task Stored_flag_answers_its_ETag_with_304_and_cannot_run_script()
    {
        var host = await fixture.Host(azurite);
        await host.Run(new { countries = new[] { "jp" }, profile = "local", warmup = false, strategies = new[] { "async" } });
        using var first = await host.Client.GetAsync("/flags/jp.svg");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/flags/jp.svg") { Headers = { IfNoneMatch = { first.Headers.ETag! } } };
        using var second = await host.Client.SendAsync(request);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotModified), (first.StatusCode, second.StatusCode));
        Assert.Contains("sandbox", first.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("nosniff", first.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Fact]
    public async Task Comparisons_run_one_at_a_time_in_the_order_they_came()
    {
        var host = await fixture.Host(azurite);
        var request = new { countries = new[] { "br", "cn" }, profile = "web", warmup = false, strategies = new[] { "sequential" } };
        var started = new List<Comparison>();
        for (var i = 0; i < 3; i++) started.Add(await host.Start(request));
        Assert.Equal(ComparisonStatus.Queued, started[2].Status);
        var ended = await Task.WhenAll(started.Select(comparison => host.End(comparison.Id)));

        Assert.True(ended[0].EndedAt <= ended[1].StartedAt && ended[1].EndedAt <= ended[2].StartedAt);
        var listed = (await host.Client.GetFromJsonAsync<Comparison[]>("/api/comparisons?limit=3", FlagCloudJson.Options))!;
        Assert.Equal(listed.Select(comparison => comparison.Id).OrderDescending(StringComparer.Ordinal), listed.Select(comparison => comparison.Id));
    }

    [Fact]
    public async Task Every_code_of_two_letters_adds_up_with_many_not_found()
    {
        var host = await fixture.Host(azurite);
        var comparison = await host.Run(new { countries = "every", profile = "local", warmup = false, concurrency = 100, strategies = new[] { "async" } });

        var run = Assert.Single(comparison.Runs);
        SiloClient.AddsUp(run);
        Assert.Equal((676, 257, 419), (run.Requested, run.Ok, run.NotFound));
    }

    [Fact]
    public async Task Events_of_a_comparison_that_has_ended_are_its_record()
    {
        var host = await fixture.Host(azurite);
        var comparison = await host.Run(new { countries = new[] { "br" }, profile = "local", warmup = false, strategies = new[] { "async" } });
        var events = new List<ComparisonEvent>();
        await foreach (var item in host.Events(comparison.Id)) events.Add(item);

        Assert.Equal(ComparisonStatus.Completed, events[^1].Comparison?.Status);
    }

    [Fact]
    public async Task Events_tell_of_every_download_and_every_run()
    {
        var host = await fixture.Host(azurite);
        var started = await host.Start(new { profile = "web", countries = new[] { "br", "cn", "in" }, warmup = false, strategies = new[] { "sequential", "async" } });
        var events = new List<ComparisonEvent>();
        await foreach (var item in host.Events(started.Id)) events.Add(item);

        Assert.Equal(["sequential", "async"], events.Select(item => item.Run?.Strategy).OfType<string>());
        var told = events.SelectMany(item => item.Progress?.Downloads ?? []).ToArray();
        Assert.Equal(await host.Downloads(started.Id), told);
        Assert.True(events[^1].Comparison is { Ended: true });
    }

    static async Task<string[]> ETags(SiloHost host, params string[] countries) =>
        [.. (await host.Client.GetFromJsonAsync<StoredFlag[]>("/api/flags", FlagCloudJson.Options))!.Where(flag => countries.Contains(flag.Country)).Select(flag => flag.ETag)];
}
