using System.Diagnostics;
using System.Net.Http.Json;
using FlagCloud.Contracts;
using FlagCloud.Silo.Comparisons.Statistics;
using FlagCloud.Tests.Cli;
using FlagCloud.Tests.Cluster;
using FlagCloud.Tests.Deploy;
using FlagCloud.Tests.Faults;
using FlagCloud.Tests.Hosting;

namespace FlagCloud.Tests.AppHost;

/// <summary>What can only be seen from outside of the process: its output, its exit code, its end, and what it leaves behind.</summary>
public sealed class AppHostProcessTests
{
    [Fact]
    public async Task Two_apps_beside_each_other_compare_and_print_what_the_comparison_prints_and_the_dashboard_has_all_of_it()
    {
        await using var first = AppHostProcess.StartBeside("--Compare=-a --rounds 1 -s local");
        await using var second = AppHostProcess.StartBeside("--once", "--Compare=-q -e -l 30 -s local --strategy threaded"); // AA is no country.

        Assert.Equal(1, await second.Ends());
        await first.Prints("Ctrl+C ends everything.");
        using (var lab = first.Lab())
        {
            var comparison = Assert.Single((await lab.GetFromJsonAsync<Comparison[]>("/api/comparisons", FlagCloudJson.Options, TestContext.Current.CancellationToken))!);
            var client = new Client();
            Assert.True(await client.RunAsync(["show", comparison.Id, "--telemetry", "--url", lab.BaseAddress!.ToString()], TestContext.Current.CancellationToken) is 0, client.Output + client.Error);
            Assert.Contains("Record and traces agree: 6 runs, 1,626 downloads, no span lost.", client.Lines);
            await SequentialIsNotShownToCostHalfAsMuchCpuAgain(lab);
        }

        await first.Signal("INT");
        Assert.Equal(0, await first.Ends());
        Assert.StartsWith("machine ", first.Output, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^measured +813 ok of 813 flags", first.Output);
        Assert.Matches(@"(?m)^measured +\d+ ok, \d+ not found of 30 flags", second.Output);
        Assert.Matches(@"(?m)^record +http://localhost:\d+/api/comparisons/\S+$", second.Output);
        await first.LeavesNothing();
        await second.LeavesNothing();
    }

    [Fact]
    public async Task Once_ends_with_the_exit_code_of_a_comparison_that_was_asked_for_nonsense()
    {
        await using var host = AppHostProcess.StartBeside("--once", "--Compare=--rounds -1");

        Assert.Equal(2, await host.Ends());
        Assert.Contains("--rounds", host.Output, StringComparison.Ordinal);
    }

    [Fact, Trait(FaultTable.Trait, "AppHost")]
    public async Task Killed_app_leaves_nothing_behind_and_the_next_one_starts_at_once_with_what_was_stored_until_it_is_interrupted()
    {
        var blobPort = FreePort.Next();
        string[] ports = [$"--Ports:Web={FreePort.Next()}", $"--Ports:Origin={FreePort.Next()}", $"--Ports:Blob={blobPort}"];
        var dashboard = new Dictionary<string, string> { ["ASPNETCORE_URLS"] = $"http://localhost:{FreePort.Next()}" };
        try
        {
            await using var killed = AppHostProcess.Start("http", [.. ports, "--Compare=none"], dashboard);
            await killed.Prints("Ctrl+C ends everything.");
            using var lab = killed.Lab();
            // Not by the app's own client: as its end is announced to it, that one cancels what it has started, if it still can.
            var azurite = $"http://127.0.0.1:{blobPort}"; // Nobody asks for its tables.
            await using var comparison = await Midway.Start(lab.BaseAddress!, AzuriteProcess.ConnectionString(azurite, azurite), rounds: 1);
            var begunAt = Stopwatch.GetTimestamp();
            await killed.Signal("KILL");
            await using var next = AppHostProcess.Start("http", [.. ports, "--once", "--Compare=-q -s delay --strategy sequential --no-warmup"], dashboard);
            await killed.LeavesNothing();

            var end = await new ComparisonPoll(lab.BaseAddress!).Until(comparison.Id, "its end", candidate => candidate.Ended);
            Assert.Equal(ComparisonStatus.Completed, end.Status);
            // The origin may have been the first to be killed, which is no reason to lose count.
            Assert.All(end.Runs, run => Assert.Equal(run.Requested, run.Ok + run.Errors));

            FaultTable.Row("AppHost", "killed in mid-run, and begun again", "nothing left behind; the comparison is completed", begunAt);

            await next.Prints("[1/1]"); // Its own comparison had to wait.
            await Interrupted(next, "INT", "in mid-run");
        }
        finally
        {
            var data = Repository.PathTo("azurite", "data", $"{blobPort}");
            if (Directory.Exists(data)) Directory.Delete(data, recursive: true);
        }
    }

    [Theory, Trait(FaultTable.Trait, "AppHost")]
    [InlineData("INT")] // Ctrl+C
    [InlineData("TERM")]
    [InlineData("HUP")] // Its terminal is closed.
    public async Task App_that_is_interrupted_while_it_starts_does_not_claim_success_and_leaves_nothing_behind(string signal)
    {
        await using var host = AppHostProcess.StartBeside("--once", "--Compare=-q");
        await Task.Delay(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken); // Any moment of the start will do.
        await Interrupted(host, signal, "while it starts");
    }

    /// <summary>By the rule of every verdict: it fails if the whole interval of the paired ratio lies above 1.5.</summary>
    static async Task SequentialIsNotShownToCostHalfAsMuchCpuAgain(HttpClient lab)
    {
        var settings = new ComparisonSettings { Strategies = ["sequential", "async"], Profile = "web", Limit = 5 };
        using var accepted = await lab.PostAsJsonAsync("/api/comparisons", settings, FlagCloudJson.Options, TestContext.Current.CancellationToken);
        var comparison = await new ComparisonPoll(lab.BaseAddress!).Until(accepted.Headers.Location!.ToString().Split('/')[^1], "its end", candidate => candidate.Ended);

        // As the record has it, but for its refusal to show a figure that is negative: one estimate of the background serves all runs, and may be too large.
        static double Cpu(IEnumerable<Run> round, string strategy) =>
            round.Single(run => run.Strategy == strategy) is var run ? run.ProcessCpuSeconds - run.CompilationSeconds - run.BackgroundCpuSeconds : default;
        var ratio = Estimate.Of([.. comparison.Runs.Where(run => run.Counts).GroupBy(run => run.Round).Select(round => Cpu(round, "sequential") / Cpu(round, "async"))]);

        Assert.True(ratio.Interval is { Low: <= 1.5 }, $"CPU of sequential / async: {ratio.Median:0.00}, {ratio.Interval}");
    }

    static async Task Interrupted(AppHostProcess host, string signal, string when)
    {
        var begunAt = Stopwatch.GetTimestamp();
        await host.Signal(signal);
        var exitCode = await host.Ends();
        Assert.NotEqual(0, exitCode);
        Assert.DoesNotContain("   at ", host.Output, StringComparison.Ordinal);
        await host.LeavesNothing();
        FaultTable.Row("AppHost", $"SIG{signal} {when}", $"ends with {exitCode}, nothing left behind", begunAt);
    }
}
