using Aspire.Hosting;
using Aspire.Hosting.Dashboard;
using FlagCloud.Dashboard.Resources;
using State = Aspire.Hosting.Running.ResourceState;

namespace FlagCloud.Tests.Orchestration;

/// <summary>What the dashboard is told of running processes, and what it can do with them.</summary>
public sealed class OrchestratorResourcesTests
{
    // It answers with what it was asked; POST /no is refused with a reason.
    const string Serve = """
        require('http').createServer((q, s) => {
          if (q.url === '/no') { s.writeHead(409, { 'content-type': 'application/problem+json' }); return s.end('{"detail":"one is running"}'); }
          if (q.method === 'POST') { console.log('\x1b[32masked\x1b[0m ' + q.url); s.writeHead(202, { location: '/made/1' }); return s.end(); }
          s.end('ok');
        }).listen(process.env.PORT, 'localhost', () => console.error('listening'));
        """;

    [Fact]
    public async Task Resource_is_told_with_state_health_process_links_and_masked_secrets()
    {
        await using var run = new TestRun();
        var service = run.App.AddResource(new TestProcess("service", Serve)).WithHttpEndpoint(env: "PORT").WithHttpHealthCheck("/")
            .WithEnvironment("API_KEY", "very-secret").WithEnvironment("COLOUR", "green").WithUrlForEndpoint("http", url => url.DisplayText = "Home");
        run.App.AddResource(new TestProcess("job", "")).WaitFor(service).WithReference(service.GetEndpoint("http"));
        await run.StartAsync();
        var resources = new OrchestratorResources(run.Orchestrator);
        await run.ReachAsync("job", State.Finished);

        var (shown, job) = (resources.Resources[0], resources.Resources[1]);
        Assert.Equal((ResourceState.Running, ResourceHealth.Healthy), (shown.State, shown.Health));
        Assert.Equal(run["service"].ProcessId, shown.ProcessId);
        Assert.NotNull(shown.Started);
        Assert.Equal([ResourceState.NotStarted, ResourceState.Starting, ResourceState.Running, ResourceState.Running], shown.History.Select(h => h.State));
        Assert.Equal([ResourceHealth.None, ResourceHealth.None, ResourceHealth.Pending, ResourceHealth.Healthy], shown.History.Select(h => h.Health));
        Assert.Equal(new ResourceUrl("Home", $"http://localhost:{run["service"].Environment["PORT"]}"), Assert.Single(shown.Urls));
        Assert.True(shown.Environment.Single(v => v.Name == "API_KEY").IsSecret);
        Assert.False(shown.Environment.Single(v => v.Name == "COLOUR").IsSecret);
        Assert.Equal((ResourceState.Finished, 0), (job.State, job.ExitCode));
        Assert.Equal(new ResourceReference("service", "refers to, waits for"), Assert.Single(job.References));
        Assert.Equal("Home", Assert.Single(resources.Links()).Text);
    }

    [Fact]
    public async Task Resource_is_stopped_started_and_restarted_and_what_is_not_offered_is_refused()
    {
        await using var run = new TestRun();
        run.App.AddResource(new TestProcess("service", Serve)).WithHttpEndpoint(env: "PORT").WithHttpHealthCheck("/");
        await run.StartAsync();
        var resources = new OrchestratorResources(run.Orchestrator);
        await run.ReachAsync("service", State.Healthy);

        Assert.Equal(CommandOutcome.Failure("'service' is Healthy and takes no 'start' now."), await ExecuteAsync(resources, "start"));
        Assert.True((await ExecuteAsync(resources, "stop")).Succeeded);
        Assert.Equal(ResourceState.Exited, resources.Resources[0].State);
        Assert.Equal(["start"], resources.Resources[0].Commands.Where(c => c.IsEnabled).Select(c => c.Name));
        Assert.True((await ExecuteAsync(resources, "start")).Succeeded);
        await run.ReachAsync("service", State.Healthy);
        Assert.True((await ExecuteAsync(resources, "restart")).Succeeded);
        await run.ReachAsync("service", State.Healthy);
        Assert.Equal(2, resources.Resources[0].Restarts);
    }

    [Fact]
    public async Task Http_command_is_posted_with_all_of_its_path_escaped_and_its_console_keeps_colours()
    {
        await using var run = new TestRun();
        run.App.AddResource(new TestProcess("service", Serve)).WithHttpEndpoint(env: "PORT").WithHttpHealthCheck("/")
            .WithHttpCommand("/run?mode=async", "Run", commandOptions: new() { IsHighlighted = true }).WithHttpCommand("/no", "No", commandName: "no");
        await run.StartAsync();
        var resources = new OrchestratorResources(run.Orchestrator);
        await run.ReachAsync("service", State.Healthy);
        var command = resources.Resources[0].Commands.Single(c => c.IsHighlighted);

        var done = await ExecuteAsync(resources, command.Name);
        var refused = await ExecuteAsync(resources, "no");

        Assert.True(done.Succeeded);
        Assert.EndsWith("/run%3Fmode=async answered 202, /made/1", done.Message, StringComparison.Ordinal);
        Assert.False(refused.Succeeded);
        Assert.EndsWith("/no answered 409: one is running", refused.Message, StringComparison.Ordinal);
        await Eventually.True("the line on the page", () => resources.ReadConsole("service", 0).Any(l => l.Text == "\e[32masked\e[0m /run%3Fmode=async" && !l.IsError));
    }

    [Fact]
    public async Task Resource_that_others_use_is_stopped_only_after_a_question()
    {
        await using var run = new TestRun();
        var storage = run.App.AddResource(new TestProcess("storage", Serve)).WithHttpEndpoint(env: "PORT").WithHttpHealthCheck("/");
        run.App.AddResource(new TestProcess("user", Serve)).WithHttpEndpoint(env: "PORT").WithHttpHealthCheck("/").WaitFor(storage);
        await run.StartAsync();
        var resources = new OrchestratorResources(run.Orchestrator);
        await run.ReachAsync("user", State.Healthy);

        Assert.Equal("user uses storage. Stop it all the same?", resources.Resources[0].Commands.Single(c => c.Name == "stop").Confirmation);
        Assert.Null(resources.Resources[1].Commands.Single(c => c.Name == "stop").Confirmation);
    }

    [Fact]
    public async Task Nothing_starts_again_once_the_app_stops()
    {
        await using var run = new TestRun();
        run.App.AddResource(new TestProcess("service", Serve)).WithHttpEndpoint(env: "PORT").WithHttpHealthCheck("/");
        await run.StartAsync();
        var resources = new OrchestratorResources(run.Orchestrator);
        await run.ReachAsync("service", State.Healthy);

        await run.Orchestrator.StopAllAsync(hurry: Task.CompletedTask);
        await ExecuteAsync(resources, "start");

        Assert.Equal((State.Exited, null), (run["service"].State, run["service"].ProcessId));
    }

    [Theory]
    [InlineData("ConnectionStrings__blobs", "x", true)]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS", "x-otlp-api-key=1", true)]
    [InlineData("REDIS_PASSWORD", "x", true)]
    [InlineData("REDIS_URI", "redis://:secret@localhost:6379", true)]
    [InlineData("STORE", "AccountName=a;AccountKey=b", true)]
    [InlineData("Orleans__Clustering__ServiceKey", "redis", false)]
    [InlineData("ASPNETCORE_URLS", "http://localhost:1", false)]
    [InlineData("OTEL_SERVICE_NAME", "silo", false)]
    public void Secrets_are_known_by_name_or_value(string name, string value, bool expected) => Assert.Equal(expected, Secrets.IsSecret(name, value));

    static Task<CommandOutcome> ExecuteAsync(OrchestratorResources resources, string command) =>
        resources.ExecuteAsync("service", command, TestContext.Current.CancellationToken);
}
