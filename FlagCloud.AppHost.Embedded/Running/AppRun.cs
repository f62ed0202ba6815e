using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Environments;
using Aspire.Hosting.Health;
using Aspire.Hosting.Output;
using Aspire.Hosting.Ports;
using Aspire.Hosting.Processes;

namespace Aspire.Hosting.Running;

/// <summary>One run of an app, from its first word in the terminal to its exit code.</summary>
internal static class AppRun
{
    public static async Task<int> RunAsync(DistributedApplicationBuilder builder, Terminal terminal, CancellationToken cancellationToken)
    {
        using var signals = new StopSignals(cancellationToken);
        using var guardian = Guardian.Start();
        var resources = Replicas.Expand([.. builder.Resources]);
        terminal.Know(resources.Select(r => r.Name));
        terminal.Say(StartMessage.Orchestrator);
        try
        {
            using var ports = PortPlan.Assign(resources, builder.Configuration);
            var dashboard = AppDashboard.Plan(builder.Dashboard, ports);
            builder.Configuration["Lab:Dashboard"] ??= dashboard?.Address;
            builder.Environment.Otlp = dashboard?.Target ?? OtlpTarget.From(builder.Configuration);
            ports.Moves.ForEach(terminal.Say);
            await BlobWriteChecks.AttachAsync(resources, cancellationToken);
            using var orchestrator = new Orchestrator(resources, terminal, guardian, HealthTimings.From(builder.Configuration), builder.CommandLine.Fresh);
            return await RunAsync(orchestrator, dashboard, builder.CommandLine, terminal, signals);
        }
        catch (DistributedApplicationException e)
        {
            terminal.Error(e.Message);
            return e is UsageException ? 2 : 1;
        }
        finally
        {
            foreach (var redis in resources.OfType<Redis.RedisResource>()) redis.Forget();
        }
    }

    static async Task<int> RunAsync(Orchestrator orchestrator, AppDashboard? dashboard, CommandLine options, Terminal terminal, StopSignals signals)
    {
        foreach (var status in orchestrator.Statuses)
            StatusLines.Tell(status, terminal, options.Verbose);
        dashboard?.Start(orchestrator, terminal);
        // Disposed of last: what children have to say when they end is received as well.
        await using var running = dashboard;
        using var ending = new CancellationTokenSource();
        var greeting = GreetAsync(orchestrator, dashboard, options, terminal, ending.Token);
        var background = Task.WhenAll(orchestrator.ObserveProcessesAsync(ending.Token), greeting);
        var end = new AppEnd(orchestrator, options.Once, terminal, signals.First, greeting).WaitAsync(ending.Token);
        await orchestrator.StartAllAsync();
        var exitCode = await end;
        await ending.CancelAsync();
        await orchestrator.StopAllAsync(signals.Second);
        await background.ContinueWith(_ => { }, TaskScheduler.Default);
        return exitCode;
    }

    static async Task GreetAsync(Orchestrator orchestrator, AppDashboard? dashboard, CommandLine options, Terminal terminal, CancellationToken cancellationToken)
    {
        foreach (var service in orchestrator.Statuses.Where(s => !s.Resource.IsJob()))
            await service.WhenAsync(s => s.IsReady, cancellationToken);
        var link = dashboard is null ? null : await dashboard.LinkAsync();
        terminal.Say(StartMessage.Links(orchestrator.Statuses.Select(s => s.Resource), link, options.Once));
    }
}
