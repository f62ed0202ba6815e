using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Environments;
using Aspire.Hosting.Health;
using Aspire.Hosting.Running;

namespace FlagCloud.Tests.Orchestration;

public sealed class OrchestratorTests
{
    const string Serve = "require('http').createServer((q, s) => s.end('ok')).listen(process.env.PORT, 'localhost', () => console.log('listening'));";

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0, 3, 3)]
    [InlineData(7, 0, 7)]
    public async Task Once_ends_with_the_first_exit_code_of_a_job_that_is_not_zero(int first, int second, int expected)
    {
        await using var run = new TestRun();
        run.App.AddResource(new TestProcess("first", $"process.exit({first})"));
        run.App.AddResource(new TestProcess("second", $"process.exit({second})"));
        await run.StartAsync();

        Assert.Equal(expected, await run.EndAsync(once: true));
        Assert.Equal(first == 0 ? ResourceState.Finished : ResourceState.Exited, run["first"].State);
        Assert.Equal(second, run["second"].ExitCode);
    }

    [Fact]
    public async Task Once_ends_as_failed_when_its_job_is_stopped_by_hand()
    {
        await using var run = new TestRun();
        run.App.AddResource(new TestProcess("job", "setInterval(() => {}, 1000)"));
        await run.StartAsync();
        await run.ReachAsync("job", ResourceState.Running);

        await run.Orchestrator.StopAsync("job");

        Assert.Equal(1, await run.EndAsync(once: true));
        Assert.Contains("job was stopped before its end.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dependant_starts_only_once_its_prerequisite_is_healthy()
    {
        await using var run = new TestRun();
        // It listens at once, but is healthy only from its tenth answer on.
        var service = run.App.AddResource(new TestProcess("service",
                "let n = 0; require('http').createServer((q, s) => { s.statusCode = ++n < 10 ? 503 : 200; s.end(); }).listen(process.env.PORT, 'localhost')"))
            .WithHttpEndpoint(env: "PORT").WithHttpHealthCheck("/");
        run.App.AddResource(new TestProcess("job", "console.log('started')")).WaitFor(service);
        await run.StartAsync();

        Assert.Equal(0, await run.EndAsync(once: true));
        var healthy = run["service"].History.First(h => h.State == ResourceState.Healthy);
        var started = run["job"].History.First(h => h.State == ResourceState.Starting);
        Assert.True(started.At >= healthy.At);
        Assert.Contains(run["job"].History, h => h is { State: ResourceState.Waiting, Reason: "for service" });
    }

    [Fact]
    public async Task Service_that_dies_before_it_was_healthy_ends_the_app_with_its_last_lines()
    {
        await using var run = new TestRun();
        run.App.AddResource(new TestProcess("service", "console.error('no configuration'); process.exit(4)")).WithHttpEndpoint(env: "PORT").WithHttpHealthCheck("/");
        await run.StartAsync();

        Assert.Equal(1, await run.EndAsync(once: false));
        Assert.Contains("'service' ended with exit code 4 before it was ready. Its last lines:", run.Errors, StringComparison.Ordinal);
        Assert.Contains("no configuration", run.Errors, StringComparison.Ordinal);
        Assert.Equal(ResourceState.FailedToStart, run["service"].State);
    }

    [Fact]
    public async Task Service_that_never_becomes_healthy_ends_the_app_and_is_ended()
    {
        await using var run = new TestRun { Timings = new() { StartupTimeout = TimeSpan.FromSeconds(1), ProbeTimeout = TimeSpan.FromMilliseconds(200) } };
        run.App.AddResource(new TestProcess("service", "setInterval(() => {}, 1000)")).WithHttpEndpoint(env: "PORT").WithHttpHealthCheck("/ready");
        await run.StartAsync();

        Assert.Equal(1, await run.EndAsync(once: false));
        Assert.Contains("'service' did not become healthy within 1 s", run.Errors, StringComparison.Ordinal);
        Assert.Contains("/ready does not answer", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Service_that_dies_later_is_reported_and_the_app_stays_up()
    {
        await using var run = new TestRun();
        run.App.AddResource(new TestProcess("service", Serve + "setTimeout(() => process.exit(9), 1500)")).WithHttpEndpoint(env: "PORT").WithHttpHealthCheck("/");
        run.App.AddResource(new TestProcess("other", Serve)).WithHttpEndpoint(env: "PORT").WithHttpHealthCheck("/");
        await run.StartAsync();
        var end = run.EndAsync(once: false);

        await run.ReachAsync("service", ResourceState.Exited);
        await Eventually.True("the report", () => run.Errors.Contains("'service' ended with exit code 9 after it had been running.", StringComparison.Ordinal));

        Assert.False(end.IsCompleted);
        Assert.Equal(ResourceState.Healthy, run["other"].State);
        run.Stop(130);
        Assert.Equal(0, await end);
    }

    [Fact]
    public async Task Death_that_comes_with_the_request_to_stop_is_no_crash()
    {
        await using var run = new TestRun();
        run.App.AddResource(new TestProcess("service", Serve)).WithHttpEndpoint(env: "PORT").WithHttpHealthCheck("/");
        await run.StartAsync();
        await run.ReachAsync("service", ResourceState.Healthy);
        var end = run.EndAsync(once: false);
        Assert.False(end.IsCompleted);

        // As Ctrl+C in a terminal does it: the child is hit as well as the AppHost.
        Aspire.Hosting.Processes.Platform.Kill(Aspire.Hosting.Processes.Platform.Find(run["service"].ProcessId!.Value)!.Value);
        await run.ReachAsync("service", ResourceState.Exited);
        run.Stop(130);

        Assert.Equal(0, await end);
        Assert.Empty(run.Errors);
    }

    [Fact]
    public async Task Resource_can_be_stopped_started_and_restarted_on_its_port()
    {
        await using var run = new TestRun();
        run.App.AddResource(new TestProcess("service", Serve)).WithHttpEndpoint(env: "PORT").WithHttpHealthCheck("/");
        await run.StartAsync();
        await run.ReachAsync("service", ResourceState.Healthy);
        var (firstProcess, port) = (run["service"].ProcessId, run["service"].Environment["PORT"]);

        await run.Orchestrator.StopAsync("service");
        Assert.Equal(ResourceState.Exited, run["service"].State);
        Assert.Null(run["service"].ProcessId);
        await run.Orchestrator.StartAsync("service");
        await run.ReachAsync("service", ResourceState.Healthy);
        await run.Orchestrator.RestartAsync("service");
        await run.ReachAsync("service", ResourceState.Healthy);

        Assert.Equal(2, run["service"].Restarts);
        Assert.NotEqual(firstProcess, run["service"].ProcessId);
        Assert.Equal(port, run["service"].Environment["PORT"]);
    }

    [Fact]
    public async Task Storage_that_stops_taking_writes_is_restarted_once_and_said_so()
    {
        using var folder = new TemporaryFolder();
        await using var run = new TestRun();
        var storage = run.App.AddResource(new TestProcess("storage", FakeStorage(folder["starts"]))).WithHttpEndpoint(env: "PORT", name: "blob");
        var blob = storage.GetEndpoint("blob");
        run.App.AddConnectionString("blobs", ReferenceExpression.Create(
            $"DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=c2VjcmV0;BlobEndpoint=http://127.0.0.1:{blob.Property(EndpointProperty.Port)}/devstoreaccount1;"));
        await run.StartAsync();

        await run["storage"].WhenAsync(s => s.Restarts == 1 && s.State == ResourceState.Healthy, TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        Assert.Contains("storage runs but does not work: a blob could not be written within 0.4 s, 3 times in a row. It is restarted", run.Output, StringComparison.Ordinal);
        Assert.Equal(["start", "write", "write", "unanswered", "start"], File.ReadAllLines(folder["starts"]).Take(5));
        Assert.Empty(run.Errors);
    }

    /// <summary>Takes two writes and then no more; once it was restarted it takes all. It notes what it saw.</summary>
    static string FakeStorage(string log) => $$"""
        const fs = require('fs'), log = {{System.Text.Json.JsonSerializer.Serialize(log)}}, note = s => fs.appendFileSync(log, s + '\n');
        const second = fs.existsSync(log);
        let writes = 0;
        note('start');
        require('http').createServer((request, answer) => {
          request.resume();
          const isBlob = request.url.includes('/probe');
          if (isBlob && !second && ++writes > 2) return note('unanswered');
          if (isBlob) note('write');
          answer.writeHead(201, { etag: '"1"', 'last-modified': new Date().toUTCString(), 'x-ms-version': '2026-06-06' });
          answer.end();
        }).listen(process.env.PORT, '127.0.0.1');
        """;
}
