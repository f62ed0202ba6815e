using FlagCloud.Contracts;

namespace FlagCloud.Tests.Cli;

public sealed class ReportTests
{
    [Fact]
    public async Task Table_has_every_figure_ranked_as_the_silo_ranks()
    {
        await using var web = await StandInWeb.StartAsync();
        var client = new Client();

        Assert.Equal(0, await client.RunAsync(web, "show", "20260102-030405-000-c0fe"));
        var rows = client.Lines.SkipWhile(line => !line.StartsWith("───")).Skip(1).TakeWhile(line => line.Length > 0).Select(Words);
        Assert.Equal(
            ["async 1.35 s 1.31-1.41 5.32x 5.10-5.43 89.0 % 14.8 100.0 % 20 | 18 0 0.125", "sequential 7.18 s 7.10-7.25 1.00x 1.00-1.00 99.0 % 2.79 100.0 % 1 | 1 1 0.250"],
            rows);
        Assert.Contains("async beats sequential – by 5.32×.", client.Lines);
        Assert.Contains("warm-up   20 ok of 20 flags in 1 run", client.Lines);
        Assert.Contains("elapsed   16.0 s", client.Lines);
        Assert.Contains("id        20260102-030405-000-c0fe", client.Lines);
        Assert.Contains($"record    {web.Url}/api/comparisons/20260102-030405-000-c0fe", client.Lines);
        Assert.Contains("runtime   .NET 10.0.1, server, concurrent GC, Release build", client.Lines);
    }

    [Fact]
    public async Task One_round_has_no_interval_and_what_is_not_known_is_not_guessed()
    {
        await using var web = await StandInWeb.StartAsync();
        web.Record = Samples.Completed with
        {
            Summary = [Samples.Completed.Summary[0] with { CiLowSeconds = null, CiHighSeconds = null, Speedup = null, SpeedupCiLow = null, SpeedupCiHigh = null, OriginPeakInFlight = null, CpuSeconds = null }],
        };
        var client = new Client();

        Assert.Equal(0, await client.RunAsync(web, "show", Samples.Id));
        Assert.Contains("async 1.35 s - 89.0 % 14.8 100.0 % 20 | ? 0 -", client.Lines.Select(Words));
    }

    [Fact]
    public async Task Opening_names_what_is_not_as_usual_and_a_debug_build()
    {
        await using var web = await StandInWeb.StartAsync();
        web.Record = Samples.Completed with
        {
            Settings = Samples.Completed.Settings with { Work = WorkKind.Brotli, Quality = 5, Retries = 0 },
            Environment = Samples.Completed.Environment with { BuildConfiguration = "Debug" },
        };
        var client = new Client();

        Assert.Equal(0, await client.RunAsync(web, "show", Samples.Id));
        Assert.Contains("compare   sequential, async; 20 flags (CN to FR); profile web; at most 20 in flight; 1 round and a warm-up; seed 1; work brotli; quality 5; retries 0", client.Lines);
        Assert.Contains("CPU figures are higher than those of a Release build (-c Release).", client.Lines);
    }

    [Fact]
    public async Task Question_is_shown_with_its_verdict_and_its_trials()
    {
        await using var web = await StandInWeb.StartAsync();
        web.Record = Samples.Answered("first") with { Summary = [Samples.Completed.Summary[0] with { Trial = "one thread" }] };
        var client = new Client();

        Assert.Equal(0, await client.RunAsync(web, "show", Samples.Id));
        Assert.Contains("question  first", client.Lines);
        Assert.Contains(client.Lines, line => line.StartsWith("one thread"));
        Assert.Contains("HOLDS: It is so.", client.Lines);
    }

    [Fact]
    public async Task Locale_without_utf8_gets_plain_ascii()
    {
        await using var web = await StandInWeb.StartAsync();
        var client = new Client(locale: "C");

        Assert.Equal(0, await client.RunAsync(web, "show", "20260102-030405-000-c0fe"));
        Assert.DoesNotContain(client.Output, character => character > 0x7e);
        Assert.Contains("async beats sequential - by 5.32x.", client.Lines);
    }

    [Theory]
    [InlineData(60, false)]
    [InlineData(80, true)]
    [InlineData(100, true)]
    [InlineData(140, true)]
    public async Task Table_fits_the_terminal(int width, bool all)
    {
        await using var web = await StandInWeb.StartAsync();
        // As wide as figures come: a column that does not fit loses its last digits.
        web.Record = Samples.Completed with
        {
            Summary = [.. Samples.Completed.Summary.Select(one => one with { CiLowSeconds = 13.86, CiHighSeconds = 14.57, SpeedupCiLow = 13.86, SpeedupCiHigh = 14.57, PeakInFlight = 1000, BlockedThreads = 1000 })],
        };
        var client = new Client(live: true, width: width);

        Assert.Equal(0, await client.RunAsync(web, "show", Samples.Id));
        Assert.All(client.Lines.Where(line => !line.Contains(web.Url)), line => Assert.True(line.Length <= width, line));
        Assert.DoesNotContain('…', client.Output);
        Assert.Contains(client.Lines, line => line.StartsWith("sequential  ") && line.EndsWith(all ? "0.250" : "100.0 %"));
    }

    [Fact]
    public async Task Text_of_a_server_cannot_steer_the_terminal()
    {
        await using var web = await StandInWeb.StartAsync();
        web.Record = Samples.Completed with { Conclusions = ["\e[2Jgone\r\n[red]not markup[/]"] };
        var client = new Client();

        Assert.Equal(0, await client.RunAsync(web, "show", "20260102-030405-000-c0fe"));
        Assert.Contains("[2Jgone  [red]not markup[/]", client.Lines);
        Assert.DoesNotContain('\e', client.Output);
    }

    [Theory]
    [InlineData(60, "completed async 1.35 s")]
    [InlineData(80, "completed async 1.35 s 20 web")]
    [InlineData(100, "completed async 1.35 s 20 web 20 1")]
    public async Task List_has_a_readable_row_a_comparison(int width, string row)
    {
        await using var web = await StandInWeb.StartAsync();
        web.Record = Samples.Completed with { Status = ComparisonStatus.Completed };
        var client = new Client(live: true, width: width);

        Assert.Equal(0, await client.RunAsync(web, "list", "-l", "7"));
        Assert.Equal(["GET /api/comparisons?limit=7"], web.Requests);
        Assert.Contains($"{Samples.Id} {row}", client.Lines.Select(Words));
        Assert.All(client.Lines, line => Assert.True(line.Length <= width, line));
    }

    [Fact]
    public async Task List_has_a_questions_verdict()
    {
        await using var web = await StandInWeb.StartAsync();
        web.Record = Samples.Answered("first");
        var client = new Client();

        Assert.Equal(0, await client.RunAsync(web, "list"));
        Assert.Contains($"{Samples.Id} completed holds 20 first 20 1", client.Lines.Select(Words));
    }

    [Fact]
    public async Task List_is_what_the_api_returns_in_json()
    {
        await using var web = await StandInWeb.StartAsync();
        var client = new Client();

        Assert.Equal(0, await client.RunAsync(web, "list", "-o", "json"));
        Assert.Equal(Samples.Id, Assert.Single(System.Text.Json.JsonSerializer.Deserialize<Comparison[]>(client.Output, FlagCloudJson.Options)!).Id);
    }

    [Fact]
    public async Task Unknown_comparison_is_one_line()
    {
        await using var web = await StandInWeb.StartAsync();
        var client = new Client();

        Assert.Equal(2, await client.RunAsync(web, "show", "20260102-030405-000-dead"));
        Assert.Contains("/api/comparisons/20260102-030405-000-dead does not exist", Assert.Single(client.Error.TrimEnd().Split('\n')));
    }

    internal static string Words(string line) => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
