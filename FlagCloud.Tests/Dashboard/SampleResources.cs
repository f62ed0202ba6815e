using FlagCloud.Dashboard.Resources;

namespace FlagCloud.Tests.Dashboard;

/// <summary>An orchestrator that runs nothing: what it shows is set, and what it is told to do is written down.</summary>
sealed class SampleResources : IResourceSource
{
    readonly ConsoleBuffer _console = new(TimeProvider.System);

    public event Action? Changed;

    public IReadOnlyList<ResourceSnapshot> Resources { get; private set; }

    public List<string> Executed { get; } = [];

    public SampleResources()
    {
        var start = DateTimeOffset.UtcNow.AddMinutes(-12);
        ResourceEvent[] History(string check) =>
        [
            new(start, ResourceState.Starting, ResourceHealth.None, null), new(start.AddSeconds(50), ResourceState.Running, ResourceHealth.Pending, null),
            new(start.AddSeconds(75), ResourceState.Running, ResourceHealth.Healthy, $"{check} answered 200"),
            new(start.AddMinutes(6), ResourceState.Running, ResourceHealth.Unhealthy, $"{check} did not answer within 5 s"),
            new(start.AddMinutes(7), ResourceState.Running, ResourceHealth.Healthy, $"{check} answered 200"),
        ];
        ResourceCommand[] commands =
        [
            new("start", "Start") { IsEnabled = false }, new("stop", "Stop") { Confirmation = "Stop this resource? What waits for it stops working." }, new("restart", "Restart"),
        ];
        Resources =
        [
            new("azurite", "Executable", ResourceState.Running)
            {
                Health = ResourceHealth.Healthy, Started = start, ProcessId = 4101, Source = "npm run azurite", Urls = [new("blob", "http://localhost:10000")], History = History("A write"), Commands = commands,
                Environment = [new("NODE_ENV", "development", false)],
            },
            new("origin", "Project", ResourceState.Running)
            {
                Health = ResourceHealth.Healthy, Started = start, ProcessId = 4102, Source = "FlagCloud.Origin", Urls = [new("http", "http://localhost:15102")], History = History("/health"), Commands = commands,
            },
            new("silo", "Project", ResourceState.Running)
            {
                Health = ResourceHealth.Unhealthy, Reason = "/health answered 503: blob storage did not acknowledge a write within 2 s", Started = start, Restarts = 1, ProcessId = 4103, Source = "FlagCloud.Silo",
                Urls = [new("page", "http://localhost:15101"), new("API", "http://localhost:15101/scalar")], History = History("/health"),
                Environment = [new("OTEL_SERVICE_NAME", "silo", false), new("ConnectionStrings__blobs", "DefaultEndpointsProtocol=http;AccountKey=very-secret", true), new("services__origin__http__0", "http://localhost:15102", false)],
                References = [new("origin", "reference"), new("azurite", "waits for")],
                Commands = [.. commands, new("compare", "Compare now") { IsHighlighted = true, Description = "Starts a comparison with the default settings" }],
            },
            new("silo-worker-1", "Project", ResourceState.Running) { ReplicaOf = "silo-worker", Health = ResourceHealth.Healthy, Started = start, ProcessId = 4104, References = [new("silo", "waits for"), new("azurite", "reference")], Commands = commands, History = History("/health") },
            new("silo-worker-2", "Project", ResourceState.Starting) { ReplicaOf = "silo-worker", Started = start, ProcessId = 4105, References = [new("silo", "waits for"), new("azurite", "reference")], Commands = commands },
            new("compare", "Project", ResourceState.Exited) { ExitCode = 1, Reason = "1 flag was not stored", Started = start, References = [new("silo", "reference")], Commands = [new("start", "Start")] },
        ];
        for (var i = 0; i < 300; i++)
        {
            Write("silo", $"\u001b[32minfo\u001b[39m: FlagCloud.Silo.Flags[{i}] Flag \u001b[1mbr\u001b[22m stored, {800 + i} bytes", false);
            if (i % 3 == 0) Write("origin", $"\u001b[36m[GET]\u001b[0m /web/flags/br.svg \u001b[32m200\u001b[0m {200 + i} ms", false);
            if (i % 7 == 0) Write("azurite", $"127.0.0.1 - - \"PUT /devstoreaccount1/flags/br.svg HTTP/1.1\" 201 -", false);
            if (i % 41 == 0) Write("silo", "\u001b[31mfail\u001b[39m: FlagCloud.Silo.Flags[3] Flag de was not downloaded: 418", true);
        }
    }

    public IReadOnlyList<ConsoleLine> ReadConsole(string resource, long after) => _console.Read(resource, after);

    public void Write(string resource, string text, bool isError)
    {
        _console.Append(resource, text, isError);
        Changed?.Invoke();
    }

    public void Set(ResourceSnapshot snapshot)
    {
        Resources = [.. Resources.Select(resource => resource.Name == snapshot.Name ? snapshot : resource)];
        Changed?.Invoke();
    }

    public Task<CommandOutcome> ExecuteAsync(string resource, string command, CancellationToken cancel)
    {
        Executed.Add($"{command} {resource}");
        return Task.FromResult(command == "stop" ? CommandOutcome.Failure("it did not end within 10 s") : CommandOutcome.Success);
    }
}
