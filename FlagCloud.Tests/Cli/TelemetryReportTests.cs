using FlagCloud.Contracts;

namespace FlagCloud.Tests.Cli;

public sealed class TelemetryReportTests
{
    static readonly TracedRun Same = new("async", 1, "0af7651916cd43dd8448eb211c80319c", RecordSeconds: 0.5, TraceSeconds: 0.5004, Downloads: 20, TraceDownloads: 20, LostSpans: 0);

    [Theory]
    [InlineData(0.5, 0.504, 20, 0, true)] // 0.8 %
    [InlineData(0.5, 0.506, 20, 0, false)] // 1.2 %
    [InlineData(0.01, 0.0118, 20, 0, true)] // 18 %, and 1.8 ms
    [InlineData(0.01, 0.0122, 20, 0, false)]
    [InlineData(0.5, 0.5, 19, 1, false)]
    [InlineData(0.5, 0.5, 20, 1, false)]
    [InlineData(0.5, null, 0, 20, false)]
    public void Run_agrees_within_one_per_cent_or_2_ms_and_with_every_span(double record, double? trace, int downloads, int lost, bool agrees) =>
        Assert.Equal(agrees, (Same with { RecordSeconds = record, TraceSeconds = trace, TraceDownloads = downloads, LostSpans = lost }).Agrees);

    [Fact]
    public async Task Traces_that_agree_are_exit_code_0_with_the_largest_difference()
    {
        await using var web = await StandInWeb.StartAsync();
        web.Telemetry = new(Samples.Id, [Same, Same with { Round = 2, TraceSeconds = 0.502 }]);
        var client = new Client();

        Assert.Equal(0, await client.RunAsync(web, "show", Samples.Id, "--telemetry"));
        Assert.Contains(client.Lines, line => ReportTests.Words(line) == "async, round 1 0.5000 s 0.5004 s 0.40 ms 20 20 0");
        Assert.Contains("Largest difference: 2.00 ms, 0.4 % of async, round 2.", client.Lines);
        Assert.Contains("Record and traces agree: 2 runs, 40 downloads, no span lost.", client.Lines);
    }

    [Fact]
    public async Task Traces_that_differ_or_are_gone_are_exit_code_1_and_say_why()
    {
        await using var web = await StandInWeb.StartAsync();
        web.Telemetry = new(Samples.Id, [Same with { TraceDownloads = 19, LostSpans = 3 }, Same with { Round = 2, TraceSeconds = null, TraceDownloads = 0, LostSpans = 20 }]);
        var client = new Client();

        Assert.Equal(1, await client.RunAsync(web, "show", Samples.Id, "--telemetry"));
        Assert.Contains(client.Lines, line => ReportTests.Words(line) == "async, round 2 0.5000 s - - 20 0 20 differs");
        Assert.Contains("No trace of 1 run: a dashboard that has much to store has it a minute later; it keeps 10,000 traces, the newest, and forgets them all when its AppHost ends.", client.Lines);
        Assert.Contains("Spans were dropped before they were sent: a process ended more of them than may wait (OTEL_BSP_MAX_QUEUE_SIZE).", client.Lines);
        Assert.Contains("Record and traces differ in 2 runs; 23 spans lost. Allowed are 1.0 % or 2 ms, and none lost.", client.Lines);
    }
}
