using System.Net.Http.Json;
using Aspire.Hosting.Processes;
using FlagCloud.Contracts;
using FlagCloud.Tests.Orchestration;

namespace FlagCloud.Tests.EndToEnd;

/// <summary>The main job as a user runs it: the real AppHost with real processes.</summary>
public sealed class MainJobTests
{
    [Fact]
    public async Task Apphost_compares_all_flags_and_every_stored_blob_is_what_the_origin_serves()
    {
        await using var host = AppHostProcess.StartOnFreePorts("--Compare=-a -s local -m 32 --no-warmup");
        await host.UntilAsync("compare has finished");

        using var silo = host.Client("silo");
        using var origin = host.Client("origin");
        var stored = (await silo.GetFromJsonAsync<StoredFlag[]>("/api/flags", FlagCloudJson.Options))!;
        Assert.Equal(271, stored.Length);
        foreach (var flag in stored)
            Assert.Equal(
                await origin.GetByteArrayAsync($"/local/flags/{flag.Country}.svg"),
                await silo.GetByteArrayAsync($"/flags/{flag.Country}.svg"));
        var comparison = Assert.Single((await silo.GetFromJsonAsync<Comparison[]>("/api/comparisons", FlagCloudJson.Options))!);
        Assert.All(comparison.Runs, run => Assert.Equal((271, 271), (run.Requested, run.Ok)));
        Assert.Contains(comparison.Id, host.Output, StringComparison.Ordinal);
        Assert.All(comparison.Settings.Strategies, strategy => Assert.Matches($@"compare \|\s+{strategy} +[0-9.]+ m?s", host.Output));

        Platform.Terminate(host.Entry);
        await host.EndedAsync();
        Assert.Equal(0, host.ExitCode);
    }

    [Fact]
    public async Task Once_ends_with_the_exit_code_of_a_comparison_that_left_something_out()
    {
        await using var host = AppHostProcess.StartOnFreePorts("--once", "--Compare=-e -l 30 -s local --strategy async"); // AA is no country
        await host.EndedAsync();

        Assert.Equal(1, host.ExitCode);
        Assert.Contains("not found", host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Once_ends_with_2_where_the_comparison_is_asked_for_wrongly()
    {
        await using var host = AppHostProcess.StartOnFreePorts("--once", "--Compare=--rounds -1");
        await host.EndedAsync();

        Assert.Equal(2, host.ExitCode);
    }
}
