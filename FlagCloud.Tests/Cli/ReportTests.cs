namespace FlagCloud.Tests.Cli;

public sealed class ReportTests
{
    [Fact]
    public async Task Table_has_every_figure_ranked_as_the_silo_ranks()
    {
        await using var silo = await StandInSilo.StartAsync();
        var client = new Client();

        Assert.Equal(0, await client.RunAsync(silo, "show", "c0ffee"));
        var rows = client.Lines.SkipWhile(line => !line.StartsWith("───")).Skip(1).TakeWhile(line => line.Length > 0).Select(Words);
        Assert.Equal(
            ["async 1.35 s 1.31-1.41 5.32x 5.10-5.43 89.0 % 14.8 100.0 % 20 | 18 1 0.125", "sequential 7.18 s 7.10-7.25 1.00x 1.00-1.00 99.0 % 2.79 100.0 % 1 | 1 1 0.250"],
            rows);
        Assert.Contains("async beats sequential – by 5.32×.", client.Lines);
        Assert.Contains("warm-up   20 flags downloaded, of 20 in 1 run", client.Lines);
        Assert.Contains("elapsed   16.0 s", client.Lines);
        Assert.Contains("id        c0ffee", client.Lines);
        Assert.Contains($"record    {silo.Url}/api/comparisons/c0ffee", client.Lines);
        Assert.Contains("runtime  .NET 10.0.1, server, concurrent GC, Release build", client.Lines);
    }

    [Fact]
    public async Task One_round_has_no_interval_and_says_so()
    {
        await using var silo = await StandInSilo.StartAsync();
        silo.Record = Samples.Completed with
        {
            Summary = [Samples.Completed.Summary[0] with { CiLowSeconds = null, CiHighSeconds = null, Speedup = null, SpeedupCiLow = null, SpeedupCiHigh = null }],
            Runs = [Samples.Async with { OriginPeakInFlight = null }],
        };
        var client = new Client();

        Assert.Equal(0, await client.RunAsync(silo, "show", "c0ffee"));
        Assert.Contains("async 1.35 s - 89.0 % 14.8 100.0 % 20 | ? 1 0.125", client.Lines.Select(Words));
        Assert.Contains("Intervals take at least five rounds: --rounds 5, say.", client.Lines);
    }

    [Fact]
    public async Task Locale_without_utf8_gets_plain_ascii()
    {
        await using var silo = await StandInSilo.StartAsync();
        var client = new Client(locale: "C");

        Assert.Equal(0, await client.RunAsync(silo, "show", "c0ffee"));
        Assert.DoesNotContain(client.Output, character => character > 0x7e);
        Assert.Contains("async beats sequential - by 5.32x.", client.Lines);
    }

    [Theory]
    [InlineData(80)]
    [InlineData(100)]
    [InlineData(140)]
    public async Task Table_fits_the_terminal(int width)
    {
        await using var silo = await StandInSilo.StartAsync();
        var client = new Client(live: true, width: width);

        Assert.Equal(0, await client.RunAsync(silo, "show", "c0ffee"));
        Assert.All(client.Lines, line => Assert.True(line.Length <= width, line));
        Assert.Contains(client.Lines, line => line.StartsWith("sequential  ") && line.EndsWith("0.250"));
    }

    [Fact]
    public async Task Text_of_a_server_cannot_steer_the_terminal()
    {
        await using var silo = await StandInSilo.StartAsync();
        silo.Record = Samples.Completed with { Conclusions = ["\e[2Jgone\r\n[red]not markup[/]"] };
        var client = new Client();

        Assert.Equal(0, await client.RunAsync(silo, "show", "c0ffee"));
        Assert.Contains("[2Jgone  [red]not markup[/]", client.Lines);
        Assert.DoesNotContain('\e', client.Output);
    }

    [Fact]
    public async Task List_has_a_row_a_comparison()
    {
        await using var silo = await StandInSilo.StartAsync();
        var client = new Client();

        Assert.Equal(0, await client.RunAsync(silo, "list", "-l", "7"));
        Assert.Equal(["GET /api/comparisons?limit=7"], silo.Requests);
        Assert.Contains("c0ffee 2026-01-02 03:04 completed web 20 20 1 async 1.35 s", client.Lines.Select(Words));
    }

    [Fact]
    public async Task Unknown_comparison_is_one_line()
    {
        await using var silo = await StandInSilo.StartAsync();
        var client = new Client();

        Assert.Equal(1, await client.RunAsync(silo, "show", "nothing"));
        Assert.Contains("/api/comparisons/nothing does not exist", Assert.Single(client.Error.TrimEnd().Split('\n')));
    }

    static string Words(string line) => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
