using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Health;
using Aspire.Hosting.Output;
using Aspire.Hosting.Ports;
using Aspire.Hosting.Processes;
using Aspire.Hosting.Running;
using FlagCloud.Tests.Hosting;
using FlagCloud.Tests.Orchestration;

namespace FlagCloud.Tests.Cluster;

/// <summary>The real app of three silos, every part a process of its own, which a test can kill, freeze and start again.</summary>
sealed class ClusterRun : IAsyncDisposable
{
    static readonly TimeSpan StartDeadline = TimeSpan.FromMinutes(2);

    readonly string folder = Directory.CreateTempSubdirectory("flagcloud-cluster-").FullName;
    readonly Guardian? guardian = Guardian.Start(Platform.ExecutableOf(AppHostModel.Assembly));
    readonly IReadOnlyList<IResource> resources;
    readonly PortPlan ports;
    readonly Orchestrator orchestrator;

    ClusterRun(int silos)
    {
        var model = AppHostModel.Of($"--Silos={silos}", "--Compare=none", "--Ports:Silo=0", "--Ports:Origin=0", "--Ports:Blob=0", "--environment=Development");
        resources = Replicas.Expand([.. model.Resources]);
        resources.Single(resource => resource.Name == "azurite").Annotations.Add(new EnvironmentCallbackAnnotation(context =>
            context.EnvironmentVariables["AZURITE_LOCATION"] = folder));
        ports = PortPlan.Assign(resources, model.Configuration);
        orchestrator = new(resources, new Terminal(TextWriter.Null, TextWriter.Null, colour: false, verbose: false), guardian, new HealthTimings { StartupTimeout = StartDeadline }, fresh: false);
    }

    public IReadOnlyList<string> Silos => [.. resources.Select(resource => resource.Name).Where(name => name.StartsWith("silo", StringComparison.Ordinal))];

    public static async Task<ClusterRun> Start(int silos = 3)
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Processes are frozen and killed by POSIX signals.");
        if (Platform.FindProgram("redis-server") is null) Assert.Skip("redis-server is not installed (Debian: apt-get install redis-server).");
        var run = new ClusterRun(silos);
        await BlobWriteChecks.AttachAsync(run.resources, TestContext.Current.CancellationToken);
        await run.orchestrator.StartAllAsync();
        await run.Ready([.. run.resources.Select(resource => resource.Name)]);
        return run;
    }

    public Task Ready(params IEnumerable<string> names) => Task.WhenAll(names.Select(async name =>
    {
        try
        {
            await Status(name).WhenAsync(status => status.IsReady, TestContext.Current.CancellationToken).WaitAsync(StartDeadline);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"{name} was not ready after {StartDeadline.TotalSeconds} s. "
                + string.Join("; ", orchestrator.Statuses.Select(status => $"{status.Name}: {status.State} {status.Reason}"))
                + "\n" + string.Join('\n', Status(name).Lines.TakeLast(20).Select(line => line.Text)));
        }
    }));

    public Task Restart(string name) => orchestrator.RestartAsync(name);

    public Task Begin(string name) => orchestrator.StartAsync(name);

    /// <summary>Asks a process to end, as a platform does, and waits until it has.</summary>
    public async Task Terminate(string name)
    {
        var process = Process(name);
        Platform.Terminate(process);
        await Eventually.True($"the end of {name}", () => Platform.Find(process.Id)?.Start != process.Start, seconds: 30);
    }

    public async Task Kill(string name)
    {
        var process = Process(name);
        Platform.Kill(process);
        await Eventually.True($"the end of {name}", () => Status(name).HasEnded, seconds: 30);
    }

    public void Signal(string name, string signal)
    {
        using var kill = System.Diagnostics.Process.Start("kill", [$"-{signal}", $"{Process(name).Id}"]);
        kill.WaitForExit();
    }

    /// <summary>The resource that a silo's name in records belongs to.</summary>
    public string ResourceOf(string silo) => Silos.Last(name => silo.StartsWith(name, StringComparison.Ordinal));

    /// <summary>A comparison in the middle of its first run.</summary>
    public async Task<Midway> Midway()
    {
        using var api = new HttpClient { BaseAddress = Address("silo") };
        var poll = new ComparisonPoll(() => Silos.Where(silo => !Status(silo).HasEnded).Select(Address));
        return await Cluster.Midway.Start(api, poll, AzuriteProcess.ConnectionString($"http://127.0.0.1:{Address("azurite").Port}", "http://127.0.0.1:1"));
    }

    /// <summary>Where the silo of this name in records answers.</summary>
    public Uri AddressOf(string silo) => Address(ResourceOf(silo));

    public async ValueTask DisposeAsync()
    {
        await orchestrator.StopAllAsync(hurry: Task.CompletedTask);
        orchestrator.Dispose();
        ports.Dispose();
        guardian?.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    Uri Address(string name) => new(new EndpointReference((IResourceWithEndpoints)Resource(name), name is "azurite" ? "blob" : "http").Url);

    IResource Resource(string name) => resources.Single(resource => resource.Name == name);

    ResourceStatus Status(string name) => orchestrator.Statuses.Single(status => status.Name == name);

    ProcessEntry Process(string name) => Platform.Find(Status(name).ProcessId!.Value)!.Value;
}
