using System.Net.Http.Json;
using FlagCloud.Contracts;
using FlagCloud.Tests.Hosting;

namespace FlagCloud.Tests.Comparisons;

public sealed class CancelTests(AzuriteFixture azurite, SiloFixture fixture) : IClassFixture<SiloFixture>
{
    [Theory]
    [InlineData("sequential")]
    [InlineData("threaded")]
    [InlineData("async")]
    public async Task Cancel_in_mid_run_leaves_a_report_that_adds_up_and_no_torn_blob(string strategy)
    {
        await using var host = await SiloHost.Start(azurite); // Nothing else is stored in it.
        var started = await host.Start(new { countries = "all", profile = "web", concurrency = 16, warmup = false, rounds = 3, strategies = new[] { strategy } });
        await foreach (var item in host.Events(started.Id))
            if (item.Progress is { Finished: > 0 }) break;
        using var response = await host.Client.DeleteAsync($"/api/comparisons/{started.Id}");
        var comparison = (await response.Content.ReadFromJsonAsync<Comparison>(FlagCloudJson.Options))!;

        Assert.Equal(ComparisonStatus.Cancelled, comparison.Status);
        var run = Assert.Single(comparison.Runs);
        SiloClient.AddsUp(run);
        Assert.True(run.Ok > 0 && run.Cancelled > 0, $"{run.Ok} ok, {run.Cancelled} cancelled");
        Assert.Empty(comparison.Summary);
        var downloads = await host.Downloads(started.Id);
        Assert.Equal(271, downloads.Count);
        var stored = (await host.Client.GetFromJsonAsync<StoredFlag[]>("/api/flags", FlagCloudJson.Options))!;
        Assert.Equal(
            downloads.Where(download => download.Outcome is Outcome.Ok).Select(download => (download.Country, download.Bytes)).Order(),
            stored.Select(flag => (flag.Country, flag.Bytes)).Order());
    }

    [Fact]
    public async Task Cancel_reaches_the_socket()
    {
        var host = await fixture.Host(azurite);
        var started = await host.Start(new { profile = "delay", warmup = false, strategies = new[] { "async" } });
        await foreach (var item in host.Events(started.Id))
            if (item.Progress is { InFlight: 20 }) break;
        await host.Client.DeleteAsync($"/api/comparisons/{started.Id}");

        // The origin sees its clients go away: none is left long before the longest delay, near 5 s, is over.
        await host.Origin.WaitForInFlightAsync(0, TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task Cancel_of_a_queued_comparison_never_starts_it()
    {
        var host = await fixture.Host(azurite);
        var first = await host.Start(new { profile = "delay", warmup = false, strategies = new[] { "sequential" } });
        var second = await host.Start(new { profile = "local", warmup = false });
        using var response = await host.Client.DeleteAsync($"/api/comparisons/{second.Id}");
        var cancelled = (await response.Content.ReadFromJsonAsync<Comparison>(FlagCloudJson.Options))!;
        await host.Client.DeleteAsync($"/api/comparisons/{first.Id}");

        Assert.Equal((ComparisonStatus.Cancelled, null), (cancelled.Status, cancelled.StartedAt));
        Assert.Empty(cancelled.Runs);
        var third = await host.Run(new { countries = new[] { "br" }, profile = "local", warmup = false });
        Assert.Equal(ComparisonStatus.Completed, third.Status);
    }

    [Fact]
    public async Task Cancel_of_an_ended_comparison_changes_nothing()
    {
        var host = await fixture.Host(azurite);
        var ended = await host.Run(new { countries = new[] { "br" }, profile = "local", warmup = false });
        using var response = await host.Client.DeleteAsync($"/api/comparisons/{ended.Id}");

        Assert.Equal(ComparisonStatus.Completed, (await response.Content.ReadFromJsonAsync<Comparison>(FlagCloudJson.Options))!.Status);
    }
}
