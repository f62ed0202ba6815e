using Aspire.Hosting;
using Aspire.Hosting.Health;
using Aspire.Hosting.Output;
using Aspire.Hosting.Ports;
using Aspire.Hosting.Running;

namespace FlagCloud.Tests.Orchestration;

/// <summary>An app of test processes, run inside the test.</summary>
sealed class TestRun : IAsyncDisposable
{
    readonly TaskCompletionSource<int> stop = new();
    readonly StringWriter output = new();
    readonly StringWriter errors = new();
    PortPlan? ports;
    Orchestrator? orchestrator;

    public DistributedApplicationBuilder App { get; } = new(["--environment=Development"], AppContext.BaseDirectory);

    public HealthTimings Timings { get; init; } = new()
    {
        StartupInterval = TimeSpan.FromMilliseconds(20),
        SteadyInterval = TimeSpan.FromMilliseconds(50),
        RetryInterval = TimeSpan.FromMilliseconds(50),
        ProbeTimeout = TimeSpan.FromMilliseconds(400),
    };

    public bool Fresh { get; init; }

    public Orchestrator Orchestrator => orchestrator!;

    public string Output { get { lock (output) return output.ToString(); } }

    public string Errors { get { lock (errors) return errors.ToString(); } }

    public ResourceStatus this[string name] => Orchestrator.Statuses.Single(s => s.Name == name);

    public async Task StartAsync()
    {
        var terminal = new Terminal(TextWriter.Synchronized(output), TextWriter.Synchronized(errors), colour: false, verbose: false);
        terminal.Know(App.Resources.Select(r => r.Name));
        ports = PortPlan.Assign(App.Resources, App.Configuration);
        await BlobWriteChecks.AttachAsync(App.Resources, TestContext.Current.CancellationToken);
        orchestrator = new(App.Resources, terminal, guardian: null, Timings, Fresh);
        foreach (var status in orchestrator.Statuses)
            status.LineWritten += (s, line) => terminal.Resource(s.Name, line.Text);
        Terminal = terminal;
        await orchestrator.StartAllAsync();
    }

    Terminal? Terminal { get; set; }

    /// <summary>The exit code of the app.</summary>
    public Task<int> EndAsync(bool once) => new AppEnd(Orchestrator, once, Terminal!, stop.Task, Task.WhenAll(
        Orchestrator.Statuses.Select(s => s.WhenAsync(x => x.IsReady, TestContext.Current.CancellationToken))))
        .WaitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

    public void Stop(int exitCode) => stop.SetResult(exitCode);

    public async Task ReachAsync(string name, ResourceState state)
    {
        try
        {
            await this[name].WhenAsync(s => s.State == state, TestContext.Current.CancellationToken)
                .WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"'{name}' is {this[name].State} ({this[name].Reason}) and did not become {state} within 30 s. Its output:\n{Output}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (orchestrator is not null)
            await orchestrator.StopAllAsync(hurry: Task.CompletedTask);
        orchestrator?.Dispose();
        ports?.Dispose();
    }
}
