using System.Globalization;

/// <summary>Shows on the terminal that the app was started from what its job prints. Ends the app if it does not become ready, and where nothing is to follow the job.</summary>
sealed class Terminal(IServiceProvider services, DistributedApplicationModel model, string jobName, EndpointReference lab, bool once)
{
    // A start takes 10 s, on a very busy machine a minute.
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    // By so much a line of output may overtake a line of errors that was written before it, or the other way round: they come by ways of their own.
    static readonly TimeSpan Overtaking = TimeSpan.FromMilliseconds(300);

    // What Aspire itself writes about a resource, among the lines of its process.
    static readonly string[] NotOfTheProcess = ["[sys] ", "Waiting for resource ", "Finished waiting for resource ", "No custom certificate authorities "];

    readonly ResourceNotificationService notifications = services.GetRequiredService<ResourceNotificationService>();
    readonly ResourceLoggerService logs = services.GetRequiredService<ResourceLoggerService>();
    readonly IHostApplicationLifetime lifetime = services.GetRequiredService<IHostApplicationLifetime>();

    CancellationToken Stopping => lifetime.ApplicationStopping;

    public async Task RunAsync()
    {
        if (once) Environment.ExitCode = 130; // That of an interruption, until the job has ended with its own.
        var obstacle = ObstacleAsync();
        using var shown = CancellationTokenSource.CreateLinkedTokenSource(Stopping);
        var job = model.Resources.Any(resource => resource.Name == jobName) ? ShowJobAsync(shown.Token) : Task.FromResult<int?>(0);
        // The job waits for the services by itself, and may end before they are ready: if it was asked for nonsense.
        var jobWasFirst = once && await Task.WhenAny(obstacle, job) == job && await job is not null;
        if (!jobWasFirst && await obstacle is { } reason)
        {
            await shown.CancelAsync(); // That the job cannot start either is no news.
            await Console.Error.WriteLineAsync(reason);
            End(1);
            return;
        }
        var exitCode = await job ?? 1;
        if (once) End(exitCode);
        else ShowLinks(exitCode);
    }

    void End(int exitCode)
    {
        Environment.ExitCode = exitCode;
        lifetime.StopApplication();
    }

    /// <returns>What keeps the services from being ready; null once all of them run and are healthy.</returns>
    async Task<string?> ObstacleAsync()
    {
        var awaited = model.Resources.Where(resource => resource.HasAnnotationOfType<HealthCheckAnnotation>() && resource.Name != Dashboard.Name).ToList();
        var latest = new Dictionary<string, ResourceEvent>();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stopping);
        patience.CancelAfter(Patience);
        try
        {
            await foreach (var change in notifications.WatchAsync(patience.Token))
            {
                if (!awaited.Contains(change.Resource)) continue;
                if (HasEnded(change))
                {
                    var code = change.Snapshot.ExitCode is { } exitCode ? $" with exit code {exitCode}" : "";
                    return $"{change.Resource.Name} has ended{code} before the app was ready. {await LastLines(change)}";
                }
                latest[change.ResourceId] = change;
                if (awaited.All(resource => latest.Values.Count(now => now.Resource == resource && IsHealthy(now)) == resource.GetReplicaCount())) return null;
            }
        }
        catch (OperationCanceledException) when (!Stopping.IsCancellationRequested)
        {
        }
        Stopping.ThrowIfCancellationRequested();
        var missing = await Task.WhenAll(latest.Values.Where(now => !IsHealthy(now)).Select(async now =>
            $"{now.ResourceId}: {now.Snapshot.State?.Text}. {string.Join(' ', now.Snapshot.HealthReports.Select(report => report.Description))} {await LastLines(now)}"));
        return $"After {Patience.TotalSeconds} s not everything is healthy:\n{string.Join('\n', missing)}";
    }

    async Task<string> LastLines(ResourceEvent change)
    {
        var lines = new List<string>();
        await foreach (var batch in logs.GetAllAsync(change.ResourceId)) lines.AddRange(batch.Where(IsOfTheProcess).Select(Text));
        return $"Its last lines:\n{string.Join('\n', lines.TakeLast(10).Select(line => "  " + line))}";
    }

    /// <returns>Its exit code; null if it could not be started.</returns>
    async Task<int?> ShowJobAsync(CancellationToken cancellationToken)
    {
        var begun = await notifications.WaitForResourceAsync(jobName, change => change.Snapshot.State?.Text == KnownResourceStates.Running || HasEnded(change), cancellationToken);
        using var shown = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var showing = ShowLinesAsync(begun.ResourceId, shown.Token);
        var end = await notifications.WaitForResourceAsync(jobName, HasEnded, cancellationToken);
        // Its last lines may come after the news of its end, and their stream has no end.
        shown.CancelAfter(Overtaking + TimeSpan.FromMilliseconds(200));
        await showing;
        cancellationToken.ThrowIfCancellationRequested();
        return end.Snapshot.ExitCode;
    }

    async Task ShowLinesAsync(string resourceId, CancellationToken cancellationToken)
    {
        var come = new PriorityQueue<LogLine, (DateTime, int)>();
        await using var batches = logs.WatchAsync(resourceId).GetAsyncEnumerator(cancellationToken);
        var next = batches.MoveNextAsync().AsTask();
        for (var ended = false; !ended;)
        {
            await Task.WhenAny(next, Task.Delay(Overtaking, CancellationToken.None));
            var hasCome = next is { IsCompletedSuccessfully: true, Result: true };
            ended = next.IsCompleted && !hasCome;
            if (hasCome)
            {
                foreach (var line in batches.Current.Where(IsOfTheProcess)) come.Enqueue(line, (Time(line), line.LineNumber));
                next = batches.MoveNextAsync().AsTask();
            }
            while (come.TryPeek(out var line, out _) && (ended || Time(line) < DateTime.UtcNow - Overtaking))
            {
                (line.IsErrorMessage ? Console.Error : Console.Out).WriteLine(Text(line));
                come.Dequeue();
            }
        }
    }

    void ShowLinks(int exitCode)
    {
        if (exitCode is not 0) Console.WriteLine($"{jobName} has ended with exit code {exitCode}.");
        Console.WriteLine();
        if (Dashboard.LoginAddress(model.Resources, services.GetRequiredService<IConfiguration>()) is { } dashboard) Console.WriteLine($"Dashboard  {dashboard}");
        Console.WriteLine($"Flag lab   {lab.Url}/");
        Console.WriteLine("Ctrl+C ends everything.");
    }

    static bool HasEnded(ResourceEvent change) => KnownResourceStates.TerminalStates.Contains(change.Snapshot.State?.Text);

    static bool IsHealthy(ResourceEvent change) => change.Snapshot.HealthStatus is HealthStatus.Healthy;

    static bool IsOfTheProcess(LogLine line) => !NotOfTheProcess.Any(Text(line).StartsWith);

    // "2026-01-31T12:00:00.000Z text"
    static string Text(LogLine line) => line.Content.Split(' ', 2)[^1];

    static DateTime Time(LogLine line) =>
        DateTime.TryParse(line.Content.Split(' ', 2)[0], CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var time) ? time : DateTime.MinValue;
}

static class TerminalExtensions
{
    /// <param name="job">The resource whose output is shown, if the app has it.</param>
    /// <param name="once">Whether the app ends with the job, and with its exit code.</param>
    public static void ShowInTerminal(this IDistributedApplicationBuilder builder, string job, IResourceBuilder<ProjectResource> lab, bool once)
    {
        if (!builder.ExecutionContext.IsRunMode) return;
        // A hosted service would begin when everything that others wait for is ready, which is too late to say that it is not.
        builder.OnBeforeStart((start, cancellationToken) =>
        {
            _ = new Terminal(start.Services, start.Model, job, lab.GetEndpoint("http"), once).RunAsync(); // Cancelled as the app ends.
            return Task.CompletedTask;
        });
    }

    /// <summary>A start that cannot be says why in one line; one that is interrupted says nothing. Neither shows a stack trace.</summary>
    public static void ExplainRefusals() => AppDomain.CurrentDomain.UnhandledException += (_, unhandled) =>
    {
        switch ((unhandled.ExceptionObject as Exception)?.GetBaseException())
        {
            case DistributedApplicationException refusal:
                Console.Error.WriteLine(refusal.Message);
                Environment.Exit(1);
                break;
            case OperationCanceledException:
                Environment.Exit(130);
                break;
        }
    };
}
